SET XACT_ABORT ON;
SET NOCOUNT ON;
GO

BEGIN TRANSACTION;
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = N'zotify_logging_migration', @LockMode = N'Exclusive',
    @LockOwner = N'Transaction', @LockTimeout = 300000;
IF @result < 0
BEGIN
    ROLLBACK TRANSACTION;
    RAISERROR (N'Another process has been migrating the database for five minutes. Nothing was changed.', 16, 1);
END;
GO

IF @@TRANCOUNT > 0 AND OBJECT_ID(N'[dbo].[zotify_migrations]') IS NULL
BEGIN
    CREATE TABLE [dbo].[zotify_migrations] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK_zotify_migrations] PRIMARY KEY ([MigrationId])
    );
END;
GO

IF @@TRANCOUNT > 0 AND OBJECT_ID(N'[dbo].[__EFMigrationsHistory]') IS NOT NULL
BEGIN
    INSERT INTO [dbo].[zotify_migrations] ([MigrationId], [ProductVersion])
    SELECT [MigrationId], [ProductVersion]
    FROM [dbo].[__EFMigrationsHistory]
    WHERE [MigrationId] IN (N'20261124164629_Initial', N'20261124192622_AuditFilters')
        AND [MigrationId] NOT IN (SELECT [MigrationId] FROM [dbo].[zotify_migrations]);
END;
GO

IF @@TRANCOUNT > 0 AND OBJECT_ID(N'[dbo].[zotify_migrations]') IS NULL
BEGIN
    CREATE TABLE [dbo].[zotify_migrations] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK_zotify_migrations] PRIMARY KEY ([MigrationId])
    );
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE TABLE [dbo].[audit_counts] (
        [hour] datetime2(7) NOT NULL,
        [event_type] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [count] bigint NOT NULL,
        CONSTRAINT [PK_audit_counts] PRIMARY KEY ([hour], [event_type])
    );
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE TABLE [dbo].[jobs] (
        [job_id] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [job_type] nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
        [status] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [instance] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [progress_done] bigint NULL,
        [progress_total] bigint NULL,
        [progress_at] datetime2(7) NULL,
        [entries] bigint NOT NULL,
        [warnings] bigint NOT NULL,
        [errors] bigint NOT NULL,
        [first_at] datetime2(7) NOT NULL,
        [last_at] datetime2(7) NOT NULL,
        [ended_at] datetime2(7) NULL,
        [last_message] nvarchar(max) NULL,
        CONSTRAINT [PK_jobs] PRIMARY KEY ([job_id])
    );
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE TABLE [dbo].[journals] (
        [id] bigint NOT NULL IDENTITY,
        [journal] uniqueidentifier NOT NULL,
        [instance] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [name] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [seq] bigint NOT NULL,
        [hash] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [segment] bigint NOT NULL,
        [offset] bigint NOT NULL,
        CONSTRAINT [PK_journals] PRIMARY KEY ([id])
    );
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE TABLE [dbo].[audit_events] (
        [row_id] bigint NOT NULL IDENTITY,
        [journal_id] bigint NOT NULL,
        [seq] bigint NOT NULL,
        [id] uniqueidentifier NOT NULL,
        [timestamp] datetime2(7) NOT NULL,
        [event_type] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [user_id] nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
        [source_ip] nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
        [level] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [category] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [event_id] int NULL,
        [message] nvarchar(max) NULL,
        [details] nvarchar(max) NULL,
        [scope] nvarchar(max) NULL,
        [exception] nvarchar(max) NULL,
        [trace_id] nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
        [span_id] nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
        [instance] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [key_id] nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
        [hash] nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_audit_events] PRIMARY KEY NONCLUSTERED ([row_id]),
        CONSTRAINT [CK_audit_events_details] CHECK (ISJSON([details]) = 1),
        CONSTRAINT [CK_audit_events_scope] CHECK (ISJSON([scope]) = 1),
        CONSTRAINT [FK_audit_events_journals_journal_id] FOREIGN KEY ([journal_id]) REFERENCES [dbo].[journals] ([id]) ON DELETE NO ACTION
    );
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE TABLE [dbo].[job_logs] (
        [id] bigint NOT NULL IDENTITY,
        [journal_id] bigint NOT NULL,
        [seq] bigint NOT NULL,
        [job_id] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [instance] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [timestamp] datetime2(7) NOT NULL,
        [level] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [category] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [event_id] int NULL,
        [event_name] nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
        [message] nvarchar(max) NULL,
        [exception] nvarchar(max) NULL,
        [properties] nvarchar(max) NULL,
        [progress_done] bigint NULL,
        [progress_total] bigint NULL,
        [trace_id] nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
        [span_id] nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_job_logs] PRIMARY KEY NONCLUSTERED ([id]),
        CONSTRAINT [CK_job_logs_properties] CHECK (ISJSON([properties]) = 1),
        CONSTRAINT [FK_job_logs_journals_journal_id] FOREIGN KEY ([journal_id]) REFERENCES [dbo].[journals] ([id]) ON DELETE NO ACTION
    );
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE INDEX [IX_audit_events_event_type_timestamp_journal_id_seq] ON [dbo].[audit_events] ([event_type], [timestamp], [journal_id], [seq]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE INDEX [IX_audit_events_id] ON [dbo].[audit_events] ([id]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE UNIQUE CLUSTERED INDEX [IX_audit_events_journal_id_seq] ON [dbo].[audit_events] ([journal_id], [seq]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE INDEX [IX_audit_events_timestamp_journal_id_seq] ON [dbo].[audit_events] ([timestamp], [journal_id], [seq]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE INDEX [IX_audit_events_trace_id] ON [dbo].[audit_events] ([trace_id]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE INDEX [IX_audit_events_user_id_timestamp_journal_id_seq] ON [dbo].[audit_events] ([user_id], [timestamp], [journal_id], [seq]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE INDEX [IX_job_logs_job_id_id] ON [dbo].[job_logs] ([job_id], [id]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE INDEX [IX_job_logs_job_id_journal_id_seq] ON [dbo].[job_logs] ([job_id], [journal_id], [seq]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE UNIQUE CLUSTERED INDEX [IX_job_logs_journal_id_seq] ON [dbo].[job_logs] ([journal_id], [seq]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE INDEX [IX_job_logs_timestamp] ON [dbo].[job_logs] ([timestamp]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE INDEX [IX_jobs_instance_status] ON [dbo].[jobs] ([instance], [status]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_journals_journal] ON [dbo].[journals] ([journal]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124164629_Initial'
)
BEGIN
    INSERT INTO [dbo].[zotify_migrations] ([MigrationId], [ProductVersion])
    VALUES (N'20261124164629_Initial', N'(version)');
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124192622_AuditFilters'
)
BEGIN
    DROP INDEX [IX_audit_events_trace_id] ON [dbo].[audit_events];
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124192622_AuditFilters'
)
BEGIN
    IF SERVERPROPERTY(N'EngineEdition') IN (3, 5, 8)
        EXEC(N'CREATE INDEX [IX_jobs_first_at_job_id] ON [dbo].[jobs] ([first_at], [job_id]) WITH (ONLINE = ON)');
    ELSE
        EXEC(N'CREATE INDEX [IX_jobs_first_at_job_id] ON [dbo].[jobs] ([first_at], [job_id])');
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261124192622_AuditFilters'
)
BEGIN
    INSERT INTO [dbo].[zotify_migrations] ([MigrationId], [ProductVersion])
    VALUES (N'20261124192622_AuditFilters', N'(version)');
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130140000_AuditText'
)
BEGIN
    CREATE TABLE [dbo].[audit_text_pages] (
        [journal_id] bigint NOT NULL,
        [first_seq] bigint NOT NULL,
        [page] int NOT NULL,
        [data] varbinary(max) NOT NULL,
        CONSTRAINT [PK_audit_text_pages] PRIMARY KEY ([journal_id], [first_seq], [page])
    );
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130140000_AuditText'
)
BEGIN
    CREATE TABLE [dbo].[audit_text_runs] (
        [journal_id] bigint NOT NULL,
        [first_seq] bigint NOT NULL,
        [last_seq] bigint NOT NULL,
        [block_rows] int NOT NULL,
        [earliest] datetime2(7) NOT NULL,
        [latest] datetime2(7) NOT NULL,
        [pages] varbinary(max) NULL,
        CONSTRAINT [PK_audit_text_runs] PRIMARY KEY ([journal_id], [first_seq])
    );
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130140000_AuditText'
)
BEGIN
    IF SERVERPROPERTY(N'EngineEdition') IN (3, 5, 8)
        EXEC(N'CREATE INDEX [IX_audit_events_trace_id] ON [dbo].[audit_events] ([trace_id]) WITH (ONLINE = ON)');
    ELSE
        EXEC(N'CREATE INDEX [IX_audit_events_trace_id] ON [dbo].[audit_events] ([trace_id])');
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130140000_AuditText'
)
BEGIN
    INSERT INTO [dbo].[audit_text_runs] (journal_id, first_seq, last_seq, block_rows, earliest, latest)
    SELECT journal_id, seq - (seq - 1) % 4096, MAX(seq), 16, MIN([timestamp]), MAX([timestamp])
    FROM [dbo].[audit_events]
    GROUP BY journal_id, seq - (seq - 1) % 4096;
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130140000_AuditText'
)
BEGIN
    DROP INDEX [IX_audit_events_id] ON [dbo].[audit_events];
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130140000_AuditText'
)
BEGIN
    DROP INDEX IF EXISTS [IX_audit_events_instance_timestamp_journal_id_seq] ON [dbo].[audit_events];
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130140000_AuditText'
)
BEGIN
    DROP INDEX IF EXISTS [IX_audit_events_source_ip_timestamp_journal_id_seq] ON [dbo].[audit_events];
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130140000_AuditText'
)
BEGIN
    DROP INDEX IF EXISTS [IX_audit_events_trace_id_timestamp_journal_id_seq] ON [dbo].[audit_events];
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130140000_AuditText'
)
BEGIN
    INSERT INTO [dbo].[zotify_migrations] ([MigrationId], [ProductVersion])
    VALUES (N'20261130140000_AuditText', N'(version)');
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130150000_JobTimes'
)
BEGIN
    IF SERVERPROPERTY(N'EngineEdition') IN (3, 5, 8)
        EXEC(N'CREATE INDEX [IX_jobs_ended_at_job_id] ON [dbo].[jobs] ([ended_at], [job_id]) WITH (ONLINE = ON)');
    ELSE
        EXEC(N'CREATE INDEX [IX_jobs_ended_at_job_id] ON [dbo].[jobs] ([ended_at], [job_id])');
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130150000_JobTimes'
)
BEGIN
    IF SERVERPROPERTY(N'EngineEdition') IN (3, 5, 8)
        EXEC(N'CREATE INDEX [IX_jobs_last_at] ON [dbo].[jobs] ([last_at]) WITH (ONLINE = ON)');
    ELSE
        EXEC(N'CREATE INDEX [IX_jobs_last_at] ON [dbo].[jobs] ([last_at])');
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130150000_JobTimes'
)
BEGIN
    INSERT INTO [dbo].[zotify_migrations] ([MigrationId], [ProductVersion])
    VALUES (N'20261130150000_JobTimes', N'(version)');
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130160000_Instances'
)
BEGIN
    CREATE TABLE [dbo].[instances] (
        [instance] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [started_at] datetime2(7) NOT NULL,
        [seen_at] datetime2(7) NOT NULL,
        [stopped_at] datetime2(7) NULL,
        [version] nvarchar(128) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_instances] PRIMARY KEY ([instance])
    );
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130160000_Instances'
)
BEGIN
    CREATE INDEX [IX_instances_seen_at] ON [dbo].[instances] ([seen_at]);
END;
GO

IF @@TRANCOUNT > 0 AND NOT EXISTS (
    SELECT * FROM [dbo].[zotify_migrations]
    WHERE [MigrationId] = N'20261130160000_Instances'
)
BEGIN
    INSERT INTO [dbo].[zotify_migrations] ([MigrationId], [ProductVersion])
    VALUES (N'20261130160000_Instances', N'(version)');
END;
GO

IF @@TRANCOUNT > 0
BEGIN
    COMMIT TRANSACTION;
    PRINT N'The tables are of this version.';
END
ELSE
BEGIN
    RAISERROR (N'A statement failed, and nothing was changed: see the first error.', 16, 1);
END;
GO
