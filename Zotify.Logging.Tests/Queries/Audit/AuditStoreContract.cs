using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>Projected audit events, and searches of them.</summary>
public abstract class AuditStoreContract : StoreContract
{
    private protected AuditLog Log => new(Database, new FixedReadYourWrites());

    private protected Task<AuditPage> SearchAsync(AuditQuery query) => Log.SearchAsync(query, Cancellation);

    private protected async Task<string> FoundAsync(AuditQuery query) =>
        string.Join(' ', (await SearchAsync(query)).Items.Select(item => item.Message));

    private protected Task<string> ByDetailAsync(string path, string value) =>
        FoundAsync(new AuditQuery { Details = new Dictionary<string, IReadOnlyList<string>> { [path] = [value] } });

    private protected async Task AddAsync(params string[] lines)
    {
        Journal.Append(lines);
        await ProjectAsync(new AuditProjection());
    }
}
