CREATE TABLE "instances" (
    "instance" TEXT NOT NULL CONSTRAINT "PK_instances" PRIMARY KEY,
    "started_at" TEXT NOT NULL,
    "seen_at" TEXT NOT NULL,
    "stopped_at" TEXT NULL,
    "version" TEXT NULL
);

CREATE INDEX "IX_instances_seen_at" ON "instances" ("seen_at");
