using System.Net;
using System.Net.Http.Headers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class BearerTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow("logs:audit logs:jobs", "zotify", HttpStatusCode.OK)]
    [DataRow("logs:jobs", "zotify", HttpStatusCode.Forbidden)]
    [DataRow("logs:audit", "somebody else", HttpStatusCode.Unauthorized)]
    public async Task A_token_grants_its_scopes(string scopes, string audience, HttpStatusCode expected)
    {
        await using var server = await ServerAsync();
        using var client = ClientOf(server, scopes, audience);
        using var answer = await client.GetAsync("/api/logs/audit", TestContext.CancellationToken);
        Assert.AreEqual(expected, answer.StatusCode);
        if (expected != HttpStatusCode.OK) return;
        await server.FlushAsync(TestContext.CancellationToken);
        StringAssert.Contains(
            await client.GetStringAsync(
                "/api/logs/audit?event_type=audit.read", TestContext.CancellationToken), "\"user_id\":\"ada\"", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("other logs:system", HttpStatusCode.OK)]
    [DataRow("other logs:any", HttpStatusCode.Forbidden)]
    public async Task A_token_opens_the_handlers_with_any_scope_of_the_logs(string scopes, HttpStatusCode expected)
    {
        await using var server = await ServerAsync();
        using var client = ClientOf(server, scopes, "zotify");
        using var answer = await client.GetAsync("/api/logs/handlers", TestContext.CancellationToken);
        Assert.AreEqual(expected, answer.StatusCode);
    }

    private Task<TestServer> ServerAsync() => new TestServer
    {
        HasKeys = false,
        Settings =
        [
            "Authentication:Schemes:Bearer:ValidIssuer=tests", "Authentication:Schemes:Bearer:ValidAudiences:0=zotify",
            "Authentication:Schemes:Bearer:SigningKeys:0:Issuer=tests",
            $"Authentication:Schemes:Bearer:SigningKeys:0:Value={Convert.ToBase64String(Key)}",
        ],
    }.StartAsync(TestContext.CancellationToken);

    private static HttpClient ClientOf(TestServer server, string scopes, string audience)
    {
        var client = server.Client(key: null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(scopes, audience));
        return client;
    }

    private static string Token(string scopes, string audience) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "tests",
        Audience = audience,
        Claims = new Dictionary<string, object> { ["sub"] = "ada", ["scope"] = scopes },
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Key), SecurityAlgorithms.HmacSha256),
    });
}
