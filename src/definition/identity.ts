/** A plugin type's identity: the module that owns it and its name. */
export interface TypeIdentity {
  /** The module that owns the type, such as `apps/otp`. */
  readonly manager: string;
  /** The type's name, unique within the manager. */
  readonly name: string;
}

/** A plugin's identity within its type. */
export interface PluginIdentity {
  /** The module that provides the plugin, such as `apps/otp-sms`. */
  readonly module: string;
  /** The plugin's name, unique within the type and module. */
  readonly name: string;
}
