using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging.Console;
using Zotify.Logging.AspNetCore.Endpoints;
using Zotify.Logging.AspNetCore.Endpoints.Page;
using Zotify.Logging.Web.Configuration;
using Zotify.Logging.Web.Demo;
using Zotify.Logging.Web.Descriptions;
using Zotify.Logging.Web.SignIn;
using Zotify.Logging.Web.Startup;

namespace Zotify.Logging.Web;

/// <summary>Builds the program: an application with Zotify logging that serves its own logs.</summary>
internal static class WebProgram
{
    private const string DefaultUrl = "http://localhost:5080";

    // In bytes. Every accepted body is a small object.
    private const int MaxBodySize = 64 * 1024;

    /// <summary>Builds the application. It does not listen before it is started.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The program's own section is not valid.</exception>
    /// <exception cref="InvalidSettingException">Another setting is not valid.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var options = ProgramConfiguration.Read(builder.Configuration);
        if (!ListenAddresses.AreConfigured(builder.Configuration)) builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = MaxBodySize;
        });
        // StartupErrors explains once why the start failed. The system log has the stack trace.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            // Otherwise the API description would allow a string for every number.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddExceptionHandler<UnreadableBodies>();
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = AddTraceId);
        builder.AddDescription();
        builder.AddZotifyLogs();
        builder.Logging.AddZotifySqlServer();
        builder.AddConfiguredTargets();
        builder.AddAccess(options.Access);
        builder.AddDemo(options.Demo);

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseForwardedHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages(context =>
            UnreadableBodies.OfStatus(context.HttpContext, context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        app.UseBodyCharsets();
        if (options.Access.Origins.Count > 0) app.UseCors();
        app.UseSameOrigin();
        app.UseAuthentication();
        app.UseMiddleware<SessionRequests>();
        app.UseZotifyLogContext();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapHealth();
        app.MapSession();
        var hasDemo = options.Demo.IsEnabledIn(app.Environment);
        var page = app.MapGroup("");
        page.MapPage(PageParts.SignIn | PageParts.Reference | (hasDemo ? PageParts.Sample : PageParts.None), hasUnknown: true);
        // The page itself contains no data, so everybody may load it.
        page.AllowAnonymous();
        app.MapReader();
        app.MapZotifyLogs();
        if (hasDemo) app.MapGroup("/api/demo").AddEndpointFilter<FaultsAsProblems>().MapDemo();
        app.MapDescription();
        return app;
    }

    /// <summary>Adds the id that the logs have, so that the records of the request can be found.</summary>
    private static void AddTraceId(ProblemDetailsContext context)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            context.ProblemDetails.Extensions["trace_id"] = activity.TraceId.ToHexString();
    }
}
