using System.Reflection;
using Microsoft.Data.SqlClient;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>Creates exceptions of the driver, which otherwise only a server's answer creates.</summary>
internal static class SqlErrors
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>An exception of the driver with an error of that number and class.</summary>
    public static SqlException Exception(int number, byte severity = 16)
    {
        var make = typeof(SqlError).GetConstructors(All).First(constructor => constructor.GetParameters()[0].ParameterType == typeof(int));
        var error = make.Invoke([.. make.GetParameters().Select((parameter, i) => i switch
        {
            0 => number,
            2 => severity,
            _ when parameter.ParameterType == typeof(string) => "injected",
            _ when parameter.HasDefaultValue => parameter.DefaultValue,
            _ => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null,
        })]);
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", All)!.Invoke(errors, [error]);
        return (SqlException)typeof(SqlException)
            .GetMethod("CreateException", All, [typeof(SqlErrorCollection), typeof(string)])!.Invoke(null, [errors, "16.0"])!;
    }
}
