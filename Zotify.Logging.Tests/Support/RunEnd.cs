using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Web.Page.Support;

namespace Zotify.Logging.Tests.Support;

/// <summary>Ends what several tests used, after all of them.</summary>
[TestClass]
public sealed class RunEnd
{
    [AssemblyCleanup]
    public static async Task EndAsync()
    {
        await SharedBrowser.StopAsync();
        SqlServerDatabases.Drop();
    }
}
