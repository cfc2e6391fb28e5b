-- Roles with the least rights on the tables in the schema dbo. Run it as a member of db_owner, before the first
-- migration and again after each. Then add users: ALTER ROLE zotify_writer ADD MEMBER …;
--   zotify_migrator creates and changes the tables: 'database migrate', 'database copy'.
--   zotify_writer adds rows; it cannot change or delete an event or an entry. Every instance needs it.
--   zotify_retention deletes old rows. Instances whose RetainedAge or RetainedSize is set need it as well.
--   zotify_reader reads: SSMS, LINQ, reports.

IF DATABASE_PRINCIPAL_ID(N'zotify_migrator') IS NULL CREATE ROLE [zotify_migrator];
GO

IF DATABASE_PRINCIPAL_ID(N'zotify_writer') IS NULL CREATE ROLE [zotify_writer];
GO

IF DATABASE_PRINCIPAL_ID(N'zotify_retention') IS NULL CREATE ROLE [zotify_retention];
GO

IF DATABASE_PRINCIPAL_ID(N'zotify_reader') IS NULL CREATE ROLE [zotify_reader];
GO

GRANT CREATE TABLE TO [zotify_migrator];
GO

GRANT ALTER, REFERENCES, SELECT, INSERT, UPDATE, DELETE ON SCHEMA::[dbo] TO [zotify_migrator];
GO

IF OBJECT_ID(N'[dbo].[journals]') IS NOT NULL
BEGIN
    GRANT SELECT, INSERT, UPDATE ON [dbo].[journals] TO [zotify_writer];
    GRANT SELECT ON [dbo].[journals] TO [zotify_retention];
    GRANT SELECT ON [dbo].[journals] TO [zotify_reader];
END;
GO

IF OBJECT_ID(N'[dbo].[audit_events]') IS NOT NULL
BEGIN
    GRANT SELECT, INSERT ON [dbo].[audit_events] TO [zotify_writer];
    GRANT SELECT, DELETE ON [dbo].[audit_events] TO [zotify_retention];
    GRANT SELECT ON [dbo].[audit_events] TO [zotify_reader];
END;
GO

IF OBJECT_ID(N'[dbo].[audit_counts]') IS NOT NULL
BEGIN
    GRANT SELECT, INSERT, UPDATE ON [dbo].[audit_counts] TO [zotify_writer];
    GRANT SELECT, UPDATE, DELETE ON [dbo].[audit_counts] TO [zotify_retention];
    GRANT SELECT ON [dbo].[audit_counts] TO [zotify_reader];
END;
GO

IF OBJECT_ID(N'[dbo].[job_logs]') IS NOT NULL
BEGIN
    GRANT SELECT, INSERT ON [dbo].[job_logs] TO [zotify_writer];
    GRANT SELECT, DELETE ON [dbo].[job_logs] TO [zotify_retention];
    GRANT SELECT ON [dbo].[job_logs] TO [zotify_reader];
END;
GO

IF OBJECT_ID(N'[dbo].[jobs]') IS NOT NULL
BEGIN
    GRANT SELECT, INSERT, UPDATE ON [dbo].[jobs] TO [zotify_writer];
    GRANT SELECT, DELETE ON [dbo].[jobs] TO [zotify_retention];
    GRANT SELECT ON [dbo].[jobs] TO [zotify_reader];
END;
GO

IF OBJECT_ID(N'[dbo].[instances]') IS NOT NULL
BEGIN
    GRANT SELECT, INSERT, UPDATE ON [dbo].[instances] TO [zotify_writer];
    GRANT SELECT, DELETE ON [dbo].[instances] TO [zotify_retention];
    GRANT SELECT ON [dbo].[instances] TO [zotify_reader];
END;
GO

IF OBJECT_ID(N'[dbo].[audit_text_runs]') IS NOT NULL
BEGIN
    GRANT SELECT, INSERT, DELETE ON [dbo].[audit_text_runs] TO [zotify_writer];
    GRANT SELECT, DELETE ON [dbo].[audit_text_runs] TO [zotify_retention];
    GRANT SELECT ON [dbo].[audit_text_runs] TO [zotify_reader];
END;
GO

IF OBJECT_ID(N'[dbo].[audit_text_pages]') IS NOT NULL
BEGIN
    GRANT SELECT, INSERT, DELETE ON [dbo].[audit_text_pages] TO [zotify_writer];
    GRANT SELECT, DELETE ON [dbo].[audit_text_pages] TO [zotify_retention];
    GRANT SELECT ON [dbo].[audit_text_pages] TO [zotify_reader];
END;
GO

IF OBJECT_ID(N'[dbo].[zotify_migrations]') IS NOT NULL
BEGIN
    GRANT SELECT ON [dbo].[zotify_migrations] TO [zotify_writer];
    GRANT SELECT ON [dbo].[zotify_migrations] TO [zotify_retention];
    GRANT SELECT ON [dbo].[zotify_migrations] TO [zotify_reader];
END;
GO

