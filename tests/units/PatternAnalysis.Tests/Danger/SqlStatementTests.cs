using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Danger;

/// <summary>A text for a database only reads when every dialect takes it for one statement that does.</summary>
public sealed class SqlStatementTests
{
    [Theory]
    [InlineData("select 1")]
    [InlineData(" SELECT count(*), max (a) FROM b ; ; \n")]
    [InlineData("with x as (select 1) select * from x where a - 1 > b / 2")]
    [InlineData("explain select 1")]
    [InlineData("show tables")]
    [InlineData("describe x")]
    [InlineData("values (1), (2)")]
    [InlineData("select(1)")]
    [InlineData("select 'it''s; drop table x' from y")]
    [InlineData("select \"drop\", `update` from x")]
    [InlineData("pragma table_list")]
    [InlineData("pragma table_info(x)")]
    [InlineData("\\dt")]
    [InlineData("\\d+ public.x")]
    [InlineData("\\l+")]
    [InlineData(".schema x")]
    [InlineData(".tables")]
    public void One_statement_that_reads_is_found(string text) => Assert.True(SqlStatement.OnlyReads(text));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(";")]
    [InlineData("drop table x")]
    [InlineData("select 1; drop table x")]
    [InlineData("select 1; select 2")]
    [InlineData("select 1 drop table x")]
    [InlineData("explain analyze delete from x")]
    [InlineData("with x as (delete from y returning *) select * from x")]
    [InlineData("select * into y from x")]
    [InlineData("select * from x for update")]
    [InlineData("select * from x for share")]
    [InlineData("select own_function(1)")]
    [InlineData("select lo_unlink (1)")]
    [InlineData("select nextval\n(1)")]
    [InlineData("select lo_unlink\t(1)")]
    [InlineData("pragma")]
    [InlineData("pragma journal_mode=wal")]
    [InlineData("pragma journal_mode = wal")]
    [InlineData("pragma writable_schema(1)")]
    [InlineData("\\! rm -rf x")]
    [InlineData("\\copy x to y")]
    [InlineData("\\dt; drop table x")]
    [InlineData(".shell rm x")]
    [InlineData(".output x")]
    public void What_may_change_something_is_not(string text) => Assert.False(SqlStatement.OnlyReads(text));

    [Theory]
    [InlineData("select 1 -- x")]
    [InlineData("select 1 /* x */")]
    [InlineData("select 1 # x")]
    [InlineData("select $$a$$")]
    [InlineData("select {x}")]
    [InlineData("select 1 \\g file")]
    [InlineData("select 'a\\'")]
    [InlineData("select 'abc")]
    [InlineData("select 'abc''")]
    [InlineData("select \"abc")]
    public void What_dialects_would_split_differently_is_not(string text) => Assert.False(SqlStatement.OnlyReads(text));
}
