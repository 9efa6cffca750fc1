<#
.SYNOPSIS
    Runs the daily pattern analysis from cron or from Task Scheduler.
.DESCRIPTION
    Runs Invoke-PatternAnalysis with a report and a notification. Writes what happens to a dated log, leaves the day's report beside it, and
    removes its own logs and reports when they are older than RetentionDays. Only one run at a time works on a database for a task: a
    second one says so in the log and ends. Runs on other databases, and other tasks, do not wait for each other.

    In the log directory, where NAME is the task, if there is one, and the database: events-3f2a91, or Nightly_events-3f2a91
      pattern_analysis_NAME_yyyyMMdd.log   start, every step, the summary, end or failure; several runs of a day are appended
      pattern_analysis_NAME_yyyyMMdd.md    the report of the day's last run
      pattern_analysis_NAME.lock           held while a run works; the operating system lets go of it even when the run is killed
      pattern_notifications.log            what reviewers are told; never removed

    Exit codes:
      0  the analysis ran, with patterns or without
      1  it failed or was interrupted; the reason is in the log and on standard error
      2  bad arguments
      3  another run is at work on the same database, for the same task

    It prints nothing when all is well, as cron expects; -Verbose shows what goes into the log.
.PARAMETER Database
    The SQLite file, or a connection string. Without it, the environment variable PATTERN_ANALYSIS_DATABASE names the database.
.PARAMETER Hours
    How many hours back the analysis looks. Without it, the window starts where the last run's window ended (the first run: 24 hours ago),
    at most 30 days ago: days on which nothing ran are caught up.
.PARAMETER LogDirectory
    Where logs and reports go; it is created. By default the folder PatternAnalysis/logs in the user's local application data.
.PARAMETER TaskName
    The name of the task that runs it, for the names of its files.
.PARAMETER RetentionDays
    How many days logs and reports are kept.
.PARAMETER AnalysisArgument
    Everything else goes to Invoke-PatternAnalysis as it is: -MinOccurrences 3 -ConfidenceModel Frequency -EventType PreToolUse,tool_use
.EXAMPLE
    0 2 * * * pwsh -NoProfile -NonInteractive -File /opt/PatternAnalysis/scripts/Invoke-DailyPatternAnalysis.ps1 -Database /srv/hooks.db

    The line for crontab -e: every night at two.
.EXAMPLE
    schtasks /Create /TN "Pattern analysis" /SC DAILY /ST 02:00 ^
        /TR "pwsh -NoProfile -NonInteractive -File C:\PatternAnalysis\scripts\Invoke-DailyPatternAnalysis.ps1 -Database C:\hooks.db"

    The same on Windows, from cmd.
#>
# Hours and RetentionDays are text, and what is not known is taken, because pwsh ends with 1 when it cannot bind a script's parameters:
# bad arguments are told apart here.
[CmdletBinding(PositionalBinding = $false)]
param (
    [string] $Database,
    [string] $Hours,
    [string] $LogDirectory,
    [string] $TaskName,
    [string] $RetentionDays = '30',
    [Parameter(ValueFromRemainingArguments)] [object[]] $AnalysisArgument = @()
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$exitOk, $exitFailed, $exitBadArgument, $exitAlreadyRunning = 0, 1, 2, 3

function Add-LogLine {
    param ([string] $Message)

    Write-Verbose $Message
    $text = "$([datetime]::Now.ToString('yyyy-MM-ddTHH:mm:sszzz', [cultureinfo]::InvariantCulture)) $Message`n"
    # Shared, because a second run has to say that it found this one.
    $stream = [System.IO.FileStream]::new($script:LogPath, 'Append', 'Write', 'ReadWrite')
    try {
        $stream.Write([System.Text.Encoding]::UTF8.GetBytes($text))
    } finally {
        $stream.Dispose()
    }
}

function Write-Failure {
    param ([string] $Message)

    [Console]::Error.WriteLine("Invoke-DailyPatternAnalysis: $Message")
}

# -Name value, -Name a,b or -Switch, in words as a shell gives them -> a table that can be splatted.
function ConvertTo-ArgumentTable {
    param ([object[]] $Word)

    $table = @{}
    $name = $null
    foreach ($one in $Word) {
        if ($one -is [string] -and $one -match '^-([A-Za-z]\w*):?$') {
            $name = $Matches[1]
            $table[$name] = $true
        } elseif ($null -eq $name) {
            throw [System.ArgumentException]::new("'$one' belongs to no parameter.")
        } else {
            # pwsh -File knows no arrays: a list comes as one word.
            $table[$name] = $one -is [string] -and $one.Contains(',') ? $one.Split(',') : $one
            $name = $null
        }
    }
    $table
}

# The task, the database's name, and a part of a hash that tells databases of one name apart.
function Get-RunName {
    $name = $Database ? $Database : $env:PATTERN_ANALYSIS_DATABASE
    if (-not $name) { return $TaskName ? $TaskName : 'none' }
    $isFile = $name -notmatch '://|='
    $text = $isFile ? $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($name) : $name
    $hash = [System.Security.Cryptography.SHA256]::HashData([System.Text.Encoding]::UTF8.GetBytes($text))
    $short = ($isFile ? [System.IO.Path]::GetFileNameWithoutExtension($text) : 'server') -replace '[^\w.-]', '-'
    $short = $short.Substring(0, [Math]::Min(40, $short.Length))
    "$($TaskName ? "${TaskName}_" : '')$short-$([Convert]::ToHexString($hash).Substring(0, 6).ToLowerInvariant())"
}

# Null when somebody else holds it.
function Lock-Run {
    param ([string] $Name)

    $busy = @(
        [int]0x80070020 # Windows: sharing violation
        11              # Linux: EWOULDBLOCK
        35              # macOS: EWOULDBLOCK
    )
    try {
        [System.IO.File]::Open((Join-Path $LogDirectory "pattern_analysis_$Name.lock"), 'OpenOrCreate', 'ReadWrite', 'None')
    } catch [System.IO.IOException] {
        if ($_.Exception.HResult -notin $busy) {
            throw
        }
    }
}

# The date in the name counts, not that of the file: a restored backup is as old as its day. Nothing else in the folder is touched.
function Remove-OldFile {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'Nobody is there to be asked.')]
    param ([string] $Name, [int] $Days)

    # Before there were names, files had none.
    $own = "^pattern_analysis_(?:$([regex]::Escape($Name))_)?(\d{8})\.(log|md)$"
    $oldest = [datetime]::Today.AddDays(-$Days).ToString('yyyyMMdd', [cultureinfo]::InvariantCulture)
    foreach ($file in Get-ChildItem -LiteralPath $LogDirectory -File) {
        if ($file.Name -match $own -and [string]::CompareOrdinal($Matches[1], $oldest) -lt 0) {
            try {
                Remove-Item -LiteralPath $file.FullName
                Add-LogLine "Removed $($file.Name)"
            } catch {
                Add-LogLine "WARNING: $($file.Name) stays: $_"
            }
        }
    }
}

# Every stream of the analysis -> the log. Gives the number of errors.
function Invoke-LoggedAnalysis {
    param ([hashtable] $Argument)

    $errors = 0
    Invoke-PatternAnalysis @Argument -Verbose -ErrorAction Continue *>&1 | ForEach-Object {
        switch ($_) {
            { $_ -is [System.Management.Automation.ErrorRecord] } { $errors++; Add-LogLine "ERROR: $_"; break }
            { $_ -is [System.Management.Automation.WarningRecord] } { Add-LogLine "WARNING: $_"; break }
            { $_ -is [PatternAnalysis.AnalysisSummary] } { Add-LogLine "Summary`n$_"; break }
            default { Add-LogLine "$_" }
        }
    }
    $errors
}

$days = 0
if (-not [int]::TryParse($RetentionDays, [ref] $days) -or $days -lt 1) {
    Write-Failure "-RetentionDays is '$RetentionDays'; it must be a whole number of days, at least 1."
    exit $exitBadArgument
}
try {
    $analysis = ConvertTo-ArgumentTable $AnalysisArgument
} catch [System.ArgumentException] {
    Write-Failure $_.Exception.Message
    exit $exitBadArgument
}

try {
    if (-not $LogDirectory) {
        $LogDirectory = Join-Path ([Environment]::GetFolderPath('LocalApplicationData', 'Create')) PatternAnalysis logs
    }
    $LogDirectory = (New-Item -ItemType Directory -Force -Path $LogDirectory).FullName
    $runName = Get-RunName
    $stem = Join-Path $LogDirectory "pattern_analysis_${runName}_$([datetime]::Now.ToString('yyyyMMdd', [cultureinfo]::InvariantCulture))"
    $script:LogPath = "$stem.log"
    $lock = Lock-Run $runName
    Add-LogLine ($lock ? 'Started' : "Not started: another run is at work on this database (exit code $exitAlreadyRunning)")
} catch {
    Write-Failure "The log directory '$LogDirectory' cannot be used: $_"
    exit $exitFailed
}
if (-not $lock) {
    exit $exitAlreadyRunning
}

$exitCode = $null
try {
    $beside = Join-Path (Split-Path $PSScriptRoot) PatternAnalysis.psd1
    Import-Module ((Test-Path -LiteralPath $beside) ? $beside : 'PatternAnalysis')

    $analysis += @{
        Report = $true; ReportPath = "$stem.md"
        Notify = $true; NotificationPath = Join-Path $LogDirectory pattern_notifications.log
    }
    if ($Database) {
        $analysis.Database = $Database
    }
    # A night on which the machine was off is caught up by the next run, unless the window is asked for.
    if ($Hours) {
        $analysis.Hours = $Hours
    } elseif (-not ($analysis.ContainsKey('Since') -or $analysis.ContainsKey('SinceLastRun'))) {
        $analysis.SinceLastRun = $true
    }
    $errors = Invoke-LoggedAnalysis $analysis
    $exitCode = $errors -eq 0 ? $exitOk : $exitFailed
    if ($errors) { Write-Failure "The analysis reported errors; see $script:LogPath" }
} catch {
    $isArgument = $_.Exception -is [System.Management.Automation.ParameterBindingException] -or
        $_.CategoryInfo.Category -eq 'InvalidArgument'
    $exitCode = $isArgument ? $exitBadArgument : $exitFailed
    Add-LogLine "FAILED: $($_.Exception.Message) [$($_.FullyQualifiedErrorId)]"
    Write-Failure "$($_.Exception.Message) See $script:LogPath"
} finally {
    if ($null -eq $exitCode) {
        # Ctrl+C: nothing below is reached, and pwsh would end with 0. Not in a session of somebody who tries this out: it would end, too.
        Add-LogLine "Interrupted (exit code $exitFailed)"
        if ([Environment]::GetCommandLineArgs() -contains '-NonInteractive') { $Host.SetShouldExit($exitFailed) }
    } else {
        Remove-OldFile $runName $days
        Add-LogLine "Ended with exit code $exitCode"
    }
    $lock.Dispose()
}
exit $exitCode
