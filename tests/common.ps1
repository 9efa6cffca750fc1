# What the tests share. Every test file starts with: BeforeAll { . (Join-Path $PSScriptRoot common.ps1) }
# The module under test is the one in output/: what ships, not what lies in a bin folder.

$script:Root = Split-Path $PSScriptRoot
. (Join-Path $Root tools PowerShellCommand.ps1)

$script:Version = (Import-PowerShellDataFile (Join-Path $Root PatternAnalysis.psd1)).ModuleVersion
$script:ModulePath = Join-Path $Root output PatternAnalysis $Version
$script:ManifestPath = Join-Path $ModulePath PatternAnalysis.psd1

if (-not (Get-Module PatternAnalysis)) {
    if (-not (Test-Path -LiteralPath $ManifestPath)) {
        throw "Nothing is built yet: ./build.ps1"
    }
    Import-Module $ManifestPath
}

# Runs a script in a pwsh of its own: what a test does to its process (loaded assemblies, environment) ends with it.
# Gives the lines of both streams and the exit code.
function Invoke-ChildScript {
    param ([Parameter(Mandatory)] [string] $Script, [hashtable] $Variable = @{})

    $assignments = foreach ($name in $Variable.Keys) { "`$$name = '$("$($Variable[$name])".Replace("'", "''"))'" }
    $path = Join-Path ([System.IO.Path]::GetTempPath()) "pattern-analysis-test-$([guid]::NewGuid()).ps1"
    [System.IO.File]::WriteAllLines($path, @(
            "`$ErrorActionPreference = 'Stop'"
            "`$PSStyle.OutputRendering = 'PlainText'"
            # pwsh puts the user's modules in front again when it starts.
            "`$env:PSModulePath = '$($env:PSModulePath.Replace("'", "''"))'"
            "`$ManifestPath = '$($ManifestPath.Replace("'", "''"))'"
            $assignments
            $Script))
    try {
        Invoke-ChildFile $path
    } finally {
        Remove-Item -LiteralPath $path
    }
}

function Invoke-ChildFile {
    param ([Parameter(Mandatory)] [string] $Path, [string[]] $Arguments = @())

    $lines = Invoke-PowerShell (@('-NoProfile', '-NonInteractive', '-File', $Path) + $Arguments) 2>&1 | ForEach-Object { "$_" }
    [pscustomobject]@{ Lines = @($lines); Text = $lines -join "`n"; ExitCode = $LASTEXITCODE }
}

# A connection of the module's own SQLite, for making and for looking into databases: the tests need no other tool.
function Open-TestDatabase {
    param ([Parameter(Mandatory)] [string] $Path)

    $context = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'PatternAnalysis.Module'
    $sqlite = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]'Microsoft.Data.Sqlite')
    $connection = $sqlite.CreateInstance('Microsoft.Data.Sqlite.SqliteConnection')
    $connection.ConnectionString = "Data Source=$Path;Pooling=False"
    $connection.Open()
    $connection
}

# Runs statements and gives the rows of the last one.
function Invoke-TestSql {
    param ([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Sql)

    $connection = Open-TestDatabase $Path
    try {
        $command = $connection.CreateCommand()
        $command.CommandText = $Sql
        $reader = $command.ExecuteReader()
        while ($reader.Read()) {
            $row = [ordered]@{}
            for ($i = 0; $i -lt $reader.FieldCount; $i++) { $row[$reader.GetName($i)] = $reader.GetValue($i) }
            [pscustomobject]$row
        }
    } finally {
        $connection.Dispose()
    }
}

# The smallest event table that the module works on. Sessions are given as @{ id = 'Read', 'Edit', 'Write' }; the events happened just now.
function New-EventDatabase {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A test fixture.')]
    param ([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [System.Collections.IDictionary] $Session)

    $sql = [System.Text.StringBuilder]::new(
        'BEGIN; CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT);')
    $time = [datetime]::UtcNow.AddHours(-1)
    foreach ($id in $Session.Keys) {
        foreach ($tool in $Session[$id]) {
            $time = $time.AddMilliseconds(1)
            $null = $sql.Append(
                "INSERT INTO hook_events VALUES ('$id', 'tool_use', '$tool', '$($time.ToString('yyyy-MM-dd HH:mm:ss.ffffff'))');")
        }
    }
    Invoke-TestSql $Path $sql.Append('COMMIT;').ToString()
    $Path
}

# What reviewers find: two patterns that wait for a decision, the one of thirty sessions, the other of twenty.
function New-AnalyzedDatabase {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A test fixture.')]
    param ([Parameter(Mandatory)] [string] $Path)

    $sessions = [ordered]@{}
    foreach ($i in 1..30) { $sessions["big-$i"] = 'Read', 'Edit', 'Write' }
    foreach ($i in 1..20) { $sessions["small-$i"] = 'Plan', 'Build' }
    $null = New-EventDatabase $Path $sessions
    $null = Invoke-PatternAnalysis -Database $Path
    $Path
}

# Runs a script while a task is registered with the user's systemd: as the units that it reads, in a folder of the test's own.
function Invoke-WithTask {
    param ([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [string[]] $Word, [Parameter(Mandatory)] [scriptblock] $Script)

    $before = $env:XDG_CONFIG_HOME
    $env:XDG_CONFIG_HOME = Join-Path $TestDrive "config-$([guid]::NewGuid())"
    try {
        $units = (New-Item -ItemType Directory (Join-Path $env:XDG_CONFIG_HOME systemd user)).FullName
        $words = ($Word | ForEach-Object { '"' + $_.Replace('\', '\\') + '"' }) -join ' '
        [System.IO.File]::WriteAllText((Join-Path $units "pattern-analysis-$Name.service"), "[Service]`nExecStart=$words`n")
        [System.IO.File]::WriteAllText((Join-Path $units "pattern-analysis-$Name.timer"), "[Timer]`nOnCalendar=*-*-* 02:00:00`n")
        & $Script
    } finally {
        $env:XDG_CONFIG_HOME = $before
    }
}
