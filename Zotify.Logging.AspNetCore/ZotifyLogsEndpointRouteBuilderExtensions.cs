using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.AspNetCore.Endpoints;
using Zotify.Logging.AspNetCore.Endpoints.Audit;
using Zotify.Logging.AspNetCore.Endpoints.Handlers;
using Zotify.Logging.AspNetCore.Endpoints.Instances;
using Zotify.Logging.AspNetCore.Endpoints.Jobs;
using Zotify.Logging.AspNetCore.Endpoints.Levels;
using Zotify.Logging.AspNetCore.Endpoints.Page;

// Found without a using, like every MapX() of ASP.NET Core.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Serves the logs from an application of any kind, under its own authentication and policies.</summary>
public static class ZotifyLogsEndpointRouteBuilderExtensions
{
    private const string Prefix = "/api/logs";

    /// <summary>
    /// Maps the endpoints below <c>/api/logs</c>. Reading the audit log is logged as the event <c>audit.read</c>. Costly queries are
    /// limited for each user if the application calls <c>app.UseRateLimiter()</c>. Users with the policy <c>logs:admin</c> may override
    /// levels; <c>AllowAnonymous</c> does not open that endpoint. Call it while the application is set up, on one thread.
    /// </summary>
    /// <param name="app">The application, or a group of it.</param>
    /// <returns>All the endpoints, for further conventions; <c>RequireAuthorization</c> adds a requirement to the policies.</returns>
    /// <exception cref="InvalidOperationException">
    /// <c>AddZotifyLogs</c> was not called. The start throws it where authentication was not added.
    /// </exception>
    public static IEndpointConventionBuilder MapZotifyLogs(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        MappedLogs.Of(app, nameof(MapZotifyLogs)).HasEndpoints = true;
        var logs = app.MapGroup(Prefix).AddEndpointFilter<FaultsAsProblems>().DisableCookieRedirect();
        logs.MapSystemLog();
        logs.MapSystemHistogram();
        logs.MapAuditLog();
        logs.MapAuditVerification();
        logs.MapAuditStream();
        logs.MapAuditFacets();
        logs.MapAuditEvent();
        logs.MapJobList();
        logs.MapJobLogs();
        logs.MapJobProgress();
        logs.MapJobWait();
        logs.MapJobStream();
        logs.MapHandlers();
        logs.MapInstances();
        logs.MapLevels();
        return logs;
    }

    /// <summary>
    /// Maps the operators' page, which shows the answers of the endpoints of <see cref="MapZotifyLogs"/>. It contains no data: users see
    /// what the policies let them read. All its addresses are relative, so that it works below any path and path base. Call it while the
    /// application is set up, on one thread.
    /// </summary>
    /// <param name="app">The application, or a group of it.</param>
    /// <param name="pattern">The page's address, such as <c>/ops/logs</c>; its views and files are below it.</param>
    /// <returns>The page and its files, for further conventions: with <c>RequireAuthorization</c>, a user who is not signed in is sent to
    /// the application's own sign-in, if its authentication supports that.</returns>
    /// <exception cref="InvalidOperationException">
    /// <c>AddZotifyLogs</c> was not called. The start throws it where <see cref="MapZotifyLogs"/> was not called.
    /// </exception>
    public static IEndpointConventionBuilder MapZotifyLogsPage(this IEndpointRouteBuilder app, [StringSyntax("Route")] string pattern)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(pattern);
        MappedLogs.Of(app, nameof(MapZotifyLogsPage)).HasPage = true;
        var page = app.MapGroup(pattern);
        // At the root, unknown addresses belong to the application.
        page.MapPage(PageParts.None, hasUnknown: pattern.Trim('/').Length > 0);
        page.MapReader().ExcludeFromDescription();
        return page;
    }
}
