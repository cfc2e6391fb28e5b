CREATE TABLE "instances" (
    "instance" TEXT NOT NULL CONSTRAINT "PK_instances" PRIMARY KEY,
    "seen_at" TEXT NOT NULL,
    "started_at" TEXT NOT NULL,
    "stopped_at" TEXT NULL,
    "version" TEXT NULL
);

ALTER TABLE "jobs" ADD COLUMN "abandoned_at" TEXT NULL;
