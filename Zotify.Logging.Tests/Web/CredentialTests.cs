using System.Net;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>Walks every operation of the API description without, with a wrong and with a right credential.</summary>
[TestClass]
public sealed class CredentialTests
{
    private static readonly (string Key, string Scope)[] Keys =
    [
        (TestServer.SystemKey, "logs:system"), (TestServer.AuditKey, "logs:audit"), (TestServer.JobsKey, "logs:jobs"),
        (TestServer.AdminKey, "logs:admin"),
    ];

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Every_operation_answers_only_the_callers_in_its_description()
    {
        await using var server =
            await new TestServer { Settings = ["Authentication:Schemes:Bearer:ValidIssuer=tests"] }.StartAsync(Cancellation);
        var operations = ApiDescription.Operations((await ApiDescription.ReadAsync(server, Cancellation)).Document!).ToArray();
        (string Name, string Value)[] unknown =
        [
            ("X-API-Key", "a key that nobody has"), ("X-API-Key", ""), (
                "Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzY29wZSI6ImxvZ3M6YXVkaXQifQ."),
            ("Authorization", "Basic b3BzOm9wcw=="), ("Cookie", "forged=forged"), ("X-None", "none"),
        ];
        foreach (var operation in operations)
        {
            foreach (var header in unknown)
            {
                var status = await StatusAsync(server, operation, header);
                if (!operation.IsOpen) Assert.AreEqual(HttpStatusCode.Unauthorized, status, $"{operation} {header}");
                else if (operation.Path != "/session") Assert.AreEqual(HttpStatusCode.OK, status, $"{operation} {header}");
            }

            foreach (var (key, scope) in Keys)
            {
                var status = await StatusAsync(server, operation, ("X-API-Key", key));
                if (operation.Scopes.Length > 0 && !operation.Scopes.Contains(scope))
                    Assert.AreEqual(HttpStatusCode.Forbidden, status, $"{operation} {scope}");
                else if (!operation.IsOpen)
                    Assert.IsTrue(
                        status is < HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.BadRequest,
                        $"{operation} {scope}: {status}");
            }
        }
    }

    private async Task<HttpStatusCode> StatusAsync(TestServer server, ApiOperation operation, (string Name, string Value) header)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = operation.Example(server.Url);
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.IsTrue(operation.Describes((int)answer.StatusCode), $"{operation}: {answer.StatusCode} is not described");
        return answer.StatusCode;
    }
}
