using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

var builder = WebApplication.CreateBuilder(args);
builder.AddZotifyLogs();
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
    .AddCookie(options => options.Events.OnRedirectToLogin = context =>
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    });
// Whoever may read a log: here the one user with the role. Without these policies, a claim "scope" would be needed.
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("logs:system", policy => policy.RequireRole("operator"))
    .AddPolicy("logs:audit", policy => policy.RequireRole("operator"))
    .AddPolicy("logs:jobs", policy => policy.RequireRole("operator"))
    .AddPolicy("logs:any", policy => policy.RequireRole("operator"));

var app = builder.Build();
app.UseAuthentication();
app.UseZotifyLogContext();
app.UseAuthorization();
app.MapZotifyLogs();
app.MapZotifyLogsPage("/ops/logs");

// A stand-in for a real sign-in: whoever asks is let in.
app.MapGet("/", async (HttpContext context, ILogger<Program> logger) =>
{
    var identity = new ClaimsIdentity(
        [new(ClaimTypes.Name, "ada"), new(ClaimTypes.Role, "operator")], CookieAuthenticationDefaults.AuthenticationScheme);
    await context.SignInAsync(new ClaimsPrincipal(identity));
    logger.LogInformation(new EventId(1001, "user.login"), "User {user_id} logged in", "ada");
    return Results.Redirect("/ops/logs");
});

// The answer is sent when the audit event is on the disk.
app.MapPut("/price/{item}", (string item, decimal price, ILogger<Program> logger) =>
    logger.LogInformation(new EventId(1002, "config.price"), "Price of {Item} set to {Price}", item, price)).WithZotifyFlush();

app.Run();
