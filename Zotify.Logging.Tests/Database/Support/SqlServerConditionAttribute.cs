namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Skips tests where no SQL Server is given to them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SqlServerConditionAttribute : ConditionBaseAttribute
{
    public SqlServerConditionAttribute()
        : base(ConditionMode.Include) => IgnoreMessage = $"{SqlServerStore.Variable} names no server.";

    public override string GroupName => nameof(SqlServerConditionAttribute);

    public override bool IsConditionMet => SqlServerStore.Server is not null;
}
