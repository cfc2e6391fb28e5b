using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Columns;

[TestClass]
public sealed class JobColumnsTests : ColumnsContract<JobRow>
{
    private protected override string Table => "jobs";

    private protected override IReadOnlyList<RowColumn<JobRow>> Columns => JobRow.Columns;

    private protected override string? Given => null;

    private protected override SqlTable<JobRow> Written => SqlTables.Jobs;

    private protected override string Selected => JobRowReader.Columns;

    private protected override JobRow NewRow() => new(jobId: "");
}
