using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zotify.Logging.Provider.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    internal sealed partial class JobsByJournal : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_job_logs_job_id_journal_id_seq",
                table: "job_logs",
                columns: new[] { "job_id", "journal_id", "seq" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_job_logs_job_id_journal_id_seq",
                table: "job_logs");
        }
    }
}
