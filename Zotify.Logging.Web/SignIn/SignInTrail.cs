using Zotify.Logging.AspNetCore.Common;

namespace Zotify.Logging.Web.SignIn;

/// <summary>The audit events of signing in and out. Thread-safe.</summary>
internal sealed class SignInTrail(ILogger<SignInTrail> logger)
{
    private static readonly EventId Login = new(1001, "user.login");
    private static readonly EventId LoginFailed = new(1002, "user.login_failed");
    private static readonly EventId Logout = new(1003, "user.logout");

    /// <summary>Logs that somebody signed in to the page.</summary>
    public void SignedIn(Caller caller, string method) =>
        logger.LogInformation(Login, "User {user_id} signed in from {source_ip} by {method}", caller.Name, caller.Address, method);

    /// <summary>Logs that somebody failed to sign in.</summary>
    public void SignInFailed(string? address, string method) =>
        logger.LogWarning(LoginFailed, "A sign-in from {source_ip} by {method} failed", address, method);

    /// <summary>Logs that somebody signed out of the page.</summary>
    public void SignedOut(Caller caller) =>
        logger.LogInformation(Logout, "User {user_id} signed out from {source_ip}", caller.Name, caller.Address);
}
