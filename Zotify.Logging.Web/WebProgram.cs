using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging.Console;
using Zotify.Logging.Web.Demo;
using Zotify.Logging.Web.Endpoints;
using Zotify.Logging.Web.Endpoints.Handlers;
using Zotify.Logging.Web.Security;

namespace Zotify.Logging.Web;

/// <summary>Puts the web project together: an application with Zotify logging that serves its own logs.</summary>
internal static class WebProgram
{
    private const string DefaultUrl = "http://localhost:5080";

    /// <summary>Builds the application; it listens nowhere before it is started.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The configuration of logging or access is not valid.</exception>
    /// <exception cref="AccessNotConfiguredException">It would listen beyond this machine, and nobody is configured who may read.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (!ListenAddresses.AreConfigured(builder.Configuration)) builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        builder.Logging.AddZotify();
        // What fails the start is explained once, by StartFault; the system log has it with its stack.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            // Otherwise the API description calls every number a text, too.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        // In Development a body that cannot be read would be thrown, and be answered as a fault of ours.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = AddTraceId);
        builder.Services.AddOpenApi();
        builder.Services.AddSingleton<AuditTrail>();
        builder.AddAccess();
        builder.AddDemo();

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => TypedResults.Problem(statusCode: context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        app.UseSecurityHeaders();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapSession();
        app.MapApi();
        app.MapOpenApi().RequireAuthorization(Scopes.AnyPolicy);
        return app;
    }

    /// <summary>The id that the logs have, so that it finds what they say of the request.</summary>
    private static void AddTraceId(ProblemDetailsContext context)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity) context.ProblemDetails.Extensions["trace_id"] = activity.TraceId.ToHexString();
    }

    private static void MapApi(this WebApplication app)
    {
        var logs = app.MapGroup("/api/logs").AddEndpointFilter<FaultsAsProblems>();
        logs.MapSystemLog();
        logs.MapAuditLog();
        logs.MapJobLogs();
        logs.MapHandlers();
        if (DemoOptions.IsEnabled(app.Configuration, app.Environment)) app.MapGroup("/api/demo").AddEndpointFilter<FaultsAsProblems>().MapDemo();
    }
}
