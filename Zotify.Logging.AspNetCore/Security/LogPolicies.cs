using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Zotify.Logging.AspNetCore.Security;

/// <summary>Defines those policies of the endpoints that the application does not define itself.</summary>
internal sealed class LogPolicies : IPostConfigureOptions<AuthorizationOptions>
{
    /// <inheritdoc/>
    public void PostConfigure(string? name, AuthorizationOptions options)
    {
        foreach (var scope in Scopes.All)
        {
            if (options.GetPolicy(scope) is null)
                options.AddPolicy(scope, policy => policy.RequireAssertion(context => Scopes.Has(context.User, scope)));
        }

        if (options.GetPolicy(Scopes.AnyPolicy) is null)
            options.AddPolicy(Scopes.AnyPolicy, AnyOf([.. Scopes.All.Select(scope => options.GetPolicy(scope)!)]));
    }

    private static AuthorizationPolicy AnyOf(AuthorizationPolicy[] policies) =>
        new AuthorizationPolicyBuilder([.. policies.SelectMany(policy => policy.AuthenticationSchemes).Distinct()])
            .RequireAssertion(async context =>
            {
                if (context.Resource is not HttpContext http) return false;
                var authorization = http.RequestServices.GetRequiredService<IAuthorizationService>();
                foreach (var policy in policies)
                {
                    if ((await authorization.AuthorizeAsync(context.User, http, policy)).Succeeded) return true;
                }

                return false;
            })
            .Build();
}
