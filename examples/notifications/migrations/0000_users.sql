CREATE TABLE `user` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`phone` text NOT NULL,
	`favourite_id` text,
	FOREIGN KEY (`favourite_id`) REFERENCES `plugbay_item`(`id`) ON UPDATE no action ON DELETE restrict
);
--> statement-breakpoint
CREATE INDEX `user_favourite` ON `user` (`favourite_id`);