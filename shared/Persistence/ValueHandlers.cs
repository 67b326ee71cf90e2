using System.Data;
using System.Runtime.CompilerServices;
using Dapper;

namespace LaborBridge.Persistence;

/// <summary>
/// How values are stored, the same on every database: ids as 36 lower-case characters of the database's narrow text, days as
/// <c>yyyy-MM-dd</c>, instants as microseconds UTC, flags as 0 and 1. Rows are classes with <c>init</c> properties; a column
/// <c>home_division</c> fills <c>HomeDivision</c>.
/// </summary>
internal static class ValueHandlers
{
#pragma warning disable CA2255 // the handlers must stand before the first statement, whoever runs it
    [ModuleInitializer]
    internal static void Register()
#pragma warning restore CA2255
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        Replace(new IdHandler());
        Replace(new DayHandler());
        Replace(new InstantHandler());
        Replace(new FlagHandler());
    }

    private static void Replace<T>(SqlMapper.TypeHandler<T> handler) where T : struct
    {
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(handler);
    }

    /// <summary>Microseconds since 1970 UTC, cut and not rounded.</summary>
    internal static long Microseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    private sealed class IdHandler : SqlMapper.TypeHandler<Guid>
    {
        public override Guid Parse(object value) => value is Guid id ? id : Guid.Parse((string)value);

        public override void SetValue(IDbDataParameter parameter, Guid value)
        {
            parameter.DbType = DbType.AnsiStringFixedLength;
            parameter.Size = 36;
            parameter.Value = value.ToString("D");
        }
    }

    private sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override DateOnly Parse(object value) => DateOnly.ParseExact((string)value, "yyyy-MM-dd");

        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            parameter.DbType = DbType.AnsiStringFixedLength;
            parameter.Size = 10;
            parameter.Value = value.ToString("yyyy-MM-dd");
        }
    }

    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => DateTimeOffset.UnixEpoch.AddTicks(Convert.ToInt64(value) * 10);

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = Microseconds(value);
        }
    }

    private sealed class FlagHandler : SqlMapper.TypeHandler<bool>
    {
        public override bool Parse(object value) => Convert.ToInt64(value) != 0;

        public override void SetValue(IDbDataParameter parameter, bool value)
        {
            parameter.DbType = DbType.Int32;
            parameter.Value = value ? 1 : 0;
        }
    }
}
