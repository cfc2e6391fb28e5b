using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>
/// A small application that is not the web project: it has its own users, roles, policies and JSON, and serves its logs as well.
/// </summary>
internal sealed class OtherApplication : IAsyncDisposable
{
    private readonly TemporaryFolder _root = new();
    private WebApplication? _app;

    /// <summary>Adds its own services.</summary>
    public Action<WebApplicationBuilder> Add { get; init; } = builder => builder.AddZotifyLogs();

    /// <summary>Adds its own middleware and endpoints, after authentication.</summary>
    public Action<WebApplication> Map { get; init; } = app => app.MapZotifyLogs();

    /// <summary>Whether it has authentication.</summary>
    public bool HasUsers { get; init; } = true;

    public WebApplication App => _app!;

    public string PathOf(string name) => _root.PathOf(name);

    public async Task<OtherApplication> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = _root.Path, ApplicationName = "shop" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(null, LogLevel.None);
        if (HasUsers) builder.Services.AddAuthentication("Shop").AddScheme<AuthenticationSchemeOptions, ShopUsers>("Shop", null);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.WriteAsString;
        });
        Add(builder);
        _app = builder.Build();
        Map(_app);
        await _app.StartAsync(cancellationToken);
        return this;
    }

    /// <summary>Logs something for each journal and waits for it, so that the database has its tables.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        Logger("Shop").LogInformation(new EventId(1001, "user.order"), "{user_id} ordered, in {job_id}", "bob", "a");
        await App.Services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Database, cancellationToken);
    }

    public ILogger Logger(string category) => App.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    /// <summary>A client of a user with roles or other claims, <c>type=value</c>; nobody without a name.</summary>
    public HttpClient Client(string? user = null, params string[] claims)
    {
        var client = new HttpClient { BaseAddress = new Uri(App.Urls.Single()) };
        if (user is not null) client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(Credential(user, claims));
        return client;
    }

    /// <summary>The value of <c>Authorization</c> of a user.</summary>
    public static string Credential(string user, params string[] claims) =>
        $"Shop {string.Join(';', [$"{ClaimTypes.NameIdentifier}={user}", .. claims])}";

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _root.Dispose();
    }

    private sealed class ShopUsers(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers.Authorization is not [{ } header]) return Task.FromResult(AuthenticateResult.NoResult());
            var claims = header["Shop ".Length..].Split(';').Select(claim => new Claim(claim.Split('=')[0], claim.Split('=')[1]));
            return Task.FromResult(
                AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, "Shop")), "Shop")));
        }
    }
}
