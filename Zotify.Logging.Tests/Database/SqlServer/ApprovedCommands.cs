using System.Runtime.CompilerServices;
using System.Text;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>Commands to SQL Server, for a comparison with the approved ones. For one test.</summary>
internal sealed class ApprovedCommands
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds commands; checks that they are plain, and name the schema of every table as they are sent.</summary>
    public void Add(string what, params IEnumerable<string> commands)
    {
        var part = $"-- {what}\n{string.Join('\n', commands)}\n\n";
        TransactSql.AssertPlain(part);
        TransactSql.AssertQualified(new SqlServerDialect().Qualify(part), SqlServerSchema.Default);
        _text.Append(part);
    }

    /// <summary>Compares all commands with those of a file; with <c>ZOTIFY_APPROVE=1</c>, writes the file before.</summary>
    public async Task AssertAsync(string name, CancellationToken cancellationToken, [CallerFilePath] string path = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(path)!, $"../../Approval/{name}.approved.sql");
        if (Environment.GetEnvironmentVariable("ZOTIFY_APPROVE") is "1")
            await File.WriteAllTextAsync(file, _text.ToString(), cancellationToken);
        Assert.AreEqual(
            await File.ReadAllTextAsync(file, cancellationToken), _text.ToString(), "Set ZOTIFY_APPROVE=1 for one run to approve the change.");
    }
}
