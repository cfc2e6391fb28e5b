using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zotify.Logging.SqlServer.Migrations
{
    /// <summary>Indexes by which retention finds old jobs, and the list of jobs those that ended last.</summary>
    internal sealed partial class JobTimes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_jobs_ended_at_job_id",
                table: "jobs",
                columns: new[] { "ended_at", "job_id" });

            migrationBuilder.CreateIndex(
                name: "IX_jobs_last_at",
                table: "jobs",
                column: "last_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_jobs_ended_at_job_id",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "IX_jobs_last_at",
                table: "jobs");
        }
    }
}
