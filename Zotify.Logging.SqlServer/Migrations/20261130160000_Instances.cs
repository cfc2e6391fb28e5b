using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zotify.Logging.SqlServer.Migrations
{
    /// <summary>The writers, and when each was last seen.</summary>
    internal sealed partial class Instances : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "instances",
                columns: table => new
                {
                    instance = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    started_at = table.Column<DateTime>(type: "datetime2(7)", precision: 7, nullable: false),
                    seen_at = table.Column<DateTime>(type: "datetime2(7)", precision: 7, nullable: false),
                    stopped_at = table.Column<DateTime>(type: "datetime2(7)", precision: 7, nullable: true),
                    version = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_instances", x => x.instance);
                });

            migrationBuilder.CreateIndex(
                name: "IX_instances_seen_at",
                table: "instances",
                column: "seen_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "instances");
        }
    }
}
