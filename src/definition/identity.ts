/** A plugin type's identity: the module that owns it and its name. */
export interface TypeIdentity {
  readonly manager: string;
  readonly name: string;
}

/** A plugin's identity within its type. */
export interface PluginIdentity {
  readonly module: string;
  readonly name: string;
}
