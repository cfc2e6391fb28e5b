namespace Zotify.Logging.Database;

/// <summary>Thrown where the login may not do what is configured. Nothing was changed; the journals wait.</summary>
/// <param name="user">The database's user of the login.</param>
/// <param name="rights">The missing rights, each with its object.</param>
/// <param name="role">The role that has them.</param>
internal sealed class MissingRightsException(string user, IEnumerable<string> rights, string role) : InvalidOperationException(
    $"The database's user '{user}' lacks rights: {string.Join(", ", rights)}. The role {role} has them: run the script that the command "
    + $"'database script --roles' prints, then ALTER ROLE [{role}] ADD MEMBER [{user}].");
