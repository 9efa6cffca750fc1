<#
.SYNOPSIS
    Runs the daily pattern analysis from cron or from Task Scheduler.
.DESCRIPTION
    Runs Invoke-PatternAnalysis with a report and a notification. Writes what happens to a dated log, leaves the day's report beside it, and
    removes its own logs and reports when they are older than RetentionDays. Only one run at a time works in a log directory: a second one
    says so in the log and ends.

    In the log directory:
      pattern_analysis_yyyyMMdd.log   start, every step, the summary, end or failure; several runs of a day are appended
      pattern_analysis_yyyyMMdd.md    the report of the day's last run
      pattern_notifications.log       what reviewers are told; never removed
      pattern_analysis.lock           held while a run works; the operating system lets go of it even when the run is killed

    Exit codes:
      0  the analysis ran, with patterns or without
      1  it failed or was interrupted; the reason is in the log and on standard error
      2  bad arguments
      3  another run is at work in the same log directory

    It prints nothing when all is well, as cron expects; -Verbose shows what goes into the log.
.PARAMETER Database
    The SQLite file, or a connection string. Without it, the environment variable PATTERN_ANALYSIS_DATABASE names the database.
.PARAMETER Hours
    How many hours back the analysis looks. Without it, the window starts where the last run's window ended (the first run: 24 hours ago), at most
    30 days ago: days on which nothing ran are caught up.
.PARAMETER LogDirectory
    Where logs and reports go; it is created. By default the folder PatternAnalysis/logs in the user's local application data.
.PARAMETER RetentionDays
    How many days logs and reports are kept.
.PARAMETER AnalysisArgument
    Everything else goes to Invoke-PatternAnalysis as it is: -MinOccurrences 3 -ConfidenceModel Frequency -EventType PreToolUse,tool_use
.EXAMPLE
    0 2 * * * pwsh -NoProfile -NonInteractive -File /opt/PatternAnalysis/scripts/Invoke-DailyPatternAnalysis.ps1 -Database /srv/hooks.db

    The line for crontab -e: every night at two.
.EXAMPLE
    schtasks /Create /TN "Pattern analysis" /SC DAILY /ST 02:00 /TR "pwsh -NoProfile -NonInteractive -File C:\PatternAnalysis\scripts\Invoke-DailyPatternAnalysis.ps1 -Database C:\hooks.db"

    The same on Windows.
#>
# Hours and RetentionDays are text, and what is not known is taken, because pwsh ends with 1 when it cannot bind a script's parameters:
# bad arguments are told apart here.
[CmdletBinding(PositionalBinding = $false)]
param (
    [string] $Database,
    [string] $Hours,
    [string] $LogDirectory,
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

# Null when somebody else holds it.
function Lock-LogDirectory {
    $busy = @(
        [int]0x80070020 # Windows: sharing violation
        11              # Linux: EWOULDBLOCK
        35              # macOS: EWOULDBLOCK
    )
    try {
        [System.IO.File]::Open((Join-Path $LogDirectory pattern_analysis.lock), 'OpenOrCreate', 'ReadWrite', 'None')
    } catch [System.IO.IOException] {
        if ($_.Exception.HResult -notin $busy) {
            throw
        }
    }
}

# The date in the name counts, not that of the file: a restored backup is as old as its day. Nothing else in the folder is touched.
function Remove-OldFile {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Nobody is there to be asked.')]
    param ([int] $Days)

    $oldest = [datetime]::Today.AddDays(-$Days).ToString('yyyyMMdd', [cultureinfo]::InvariantCulture)
    foreach ($file in Get-ChildItem -LiteralPath $LogDirectory -File) {
        if ($file.Name -match '^pattern_analysis_(\d{8})\.(log|md)$' -and [string]::CompareOrdinal($Matches[1], $oldest) -lt 0) {
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
    $stem = Join-Path $LogDirectory "pattern_analysis_$([datetime]::Now.ToString('yyyyMMdd', [cultureinfo]::InvariantCulture))"
    $script:LogPath = "$stem.log"
    $lock = Lock-LogDirectory
    if ($lock) { Add-LogLine 'Started' } else { Add-LogLine "Not started: another run is at work in $LogDirectory (exit code $exitAlreadyRunning)" }
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
    $isArgument = $_.Exception -is [System.Management.Automation.ParameterBindingException] -or $_.CategoryInfo.Category -eq 'InvalidArgument'
    $exitCode = $isArgument ? $exitBadArgument : $exitFailed
    Add-LogLine "FAILED: $($_.Exception.Message) [$($_.FullyQualifiedErrorId)]"
    Write-Failure "$($_.Exception.Message) See $script:LogPath"
} finally {
    if ($null -eq $exitCode) {
        # Ctrl+C: nothing below is reached, and pwsh would end with 0. Not in a session of somebody who tries this out: it would end, too.
        Add-LogLine "Interrupted (exit code $exitFailed)"
        if ([Environment]::GetCommandLineArgs() -contains '-NonInteractive') { $Host.SetShouldExit($exitFailed) }
    } else {
        Remove-OldFile $days
        Add-LogLine "Ended with exit code $exitCode"
    }
    $lock.Dispose()
}
exit $exitCode
