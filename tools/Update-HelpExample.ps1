<#
.SYNOPSIS
    Takes the outputs of the help pages' examples again.
.DESCRIPTION
    Runs every example in a PowerShell of its own and writes what it printed into its output block.

    The pages run on the small machine that this script makes in a temporary folder: /srv with hooks.db (35 sessions of the last hour:
    twenty of Read, Edit, Write, twelve of Test, Fix, Test, three of Read, DeleteFile, Read) and work.db (a session on each of sixteen days
    of March 2026, made of transcripts that say what was used), /home/ada with two transcripts and a project that automates a little. Of the
    paths in an output the temporary part is left out, and every time is the one that a clock shows which stands at 2026-11-22 18:44Z: the
    pages come out alike on every day, in every zone and language. Start-PatternReview talks with a person and is left as it is; so are the
    pages of daily tasks unless -Crontab is given.
.EXAMPLE
    ./tools/Update-HelpExample.ps1 -Module ./output/PatternAnalysis/0.1.0 -Page ./docs/en-US -Crontab
#>
[CmdletBinding()]
[Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
    Justification = 'It works in a temporary folder, and in pages that are named.')]
param (
    [Parameter(Mandatory)] [string] $Module,
    # The folder of the pages.
    [Parameter(Mandatory)] [string] $Page,
    # Registers a task named Daily in this user's crontab and removes it.
    [switch] $Crontab
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$tasks = 'Register-PatternAnalysisTask', 'Get-PatternAnalysisTask', 'Test-PatternAnalysisTask', 'Start-PatternAnalysisTask',
    'Unregister-PatternAnalysisTask'
$leftOut = @('Start-PatternReview') + ($Crontab ? @() : $tasks)

# What each page finds in /srv; the others find patterns that wait for a decision.
$states = @{ 'Invoke-PatternAnalysis' = 'events'; 'Get-PatternReviewHistory' = 'decided'; 'Get-PatternStatistic' = 'decided' }

# The minute in which this began, and the one that the pages show instead.
$now = [datetime]::UtcNow
$now = $now.AddTicks(-($now.Ticks % [timespan]::TicksPerMinute))
$shown = [datetime]::new(2026, 11, 22, 18, 44, 0, [System.DateTimeKind]::Utc)

$machine = [System.IO.Directory]::CreateTempSubdirectory('pattern-analysis-help-').FullName
$installed = Join-Path $machine usr/local/share/powershell/Modules/PatternAnalysis

# A session of Claude Code: a prompt, a call, its result.
$transcript = (@'
{"type":"user","sessionId":"SESSION","cwd":"/srv/app",
    "uuid":"SESSION-1","timestamp":"2026-03-02T09:59:59Z",
    "message":{"role":"user","content":"run the tests"}}
{"type":"assistant","sessionId":"SESSION","cwd":"/srv/app",
    "uuid":"SESSION-2","timestamp":"2026-03-02T10:00:00Z",
    "message":{"role":"assistant","id":"m-SESSION",
    "content":[{"type":"tool_use","id":"call-SESSION","name":"Bash","input":{"command":"dotnet test"}}]}}
{"type":"user","sessionId":"SESSION","cwd":"/srv/app",
    "uuid":"SESSION-3","timestamp":"2026-03-02T10:00:07Z",
    "message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"call-SESSION","content":"Passed!"}]}}
'@ -replace '\r?\n +')

# One session a day: edits, formatting by hand until a target of make does it from the ninth day on, tests, and looks at the repository.
function New-WorkTranscript {
    param ([int] $Day)

    $time = [datetime]::new(2026, 3, $Day, 10, 0, 0, [System.DateTimeKind]::Utc)
    $format = $Day -lt 9 ? 'dotnet format' : 'make format'
    $looks = @('git status', 'git status -s', 'git status --porcelain')[$Day % 3],
        @('find . -name a.cs', 'find . -name b.cs', 'find src -type f')[$Day % 3]
    $inputs = @(
        1..3 | ForEach-Object { @{ file_path = '/srv/app/main.cs'; old_string = 'a'; new_string = 'b' } }
        @($looks; @($format) * (1 + $Day % 2); 'dotnet test') | ForEach-Object { @{ command = $_ } }
    )
    $shared = @{ sessionId = "work-$Day"; cwd = '/srv/app' }
    $shared + @{ type = 'user'; uuid = "$Day-0"; timestamp = $time.ToString('o'); message = @{ role = 'user'; content = 'mend it' } }
    for ($i = 0; $i -lt $inputs.Count; $i++) {
        $time = $time.AddSeconds(5)
        $use = @{ type = 'tool_use'; id = "call-$Day-$i"; name = $inputs[$i].ContainsKey('command') ? 'Bash' : 'Edit'; input = $inputs[$i] }
        $usage = @{ input_tokens = 10; output_tokens = 200; cache_creation_input_tokens = 1000
        cache_read_input_tokens = 12000 + 1000 * $i }
        $message = @{ role = 'assistant'; id = "m-$Day-$i"; model = $Day % 4 ? 'claude-sonnet-4-5' : 'claude-haiku-4-5'; content = @($use)
        usage = $usage }
        $shared + @{ type = 'assistant'; uuid = "$Day-$i-a"; timestamp = $time.ToString('o'); message = $message }
        $time = $time.AddSeconds(3)
        $answer = @{ role = 'user'; content = @(@{ type = 'tool_result'; tool_use_id = "call-$Day-$i"; content = 'done' }) }
        $shared + @{ type = 'user'; uuid = "$Day-$i-b"; timestamp = $time.ToString('o'); message = $answer }
    }
}

# What ada and her project automate already.
function New-Automation {
    $null = New-Item -ItemType Directory "$machine/home/ada/.claude/commands", "$machine/home/ada/app/.claude"
    Set-Content "$machine/home/ada/.claude/commands/review.md" '---', 'description: reviews what changed', '---', '!`git diff`'
    Set-Content "$machine/home/ada/app/Makefile" 'format:', "`tdotnet format"
    Set-Content "$machine/home/ada/app/.claude/settings.json" '{ "permissions": { "allow": ["Bash(dotnet test)"] } }'
}

function New-Machine {
    $null = New-Item -ItemType Directory $installed, "$machine/srv", "$machine/work", "$machine/home/ada/.claude/projects/app",
        "$machine/usr/local/bin"
    1..16 | ForEach-Object { New-WorkTranscript $_ | ConvertTo-Json -Compress -Depth 9 | Set-Content "$machine/work/$_.jsonl" }
    New-Automation
    Copy-Item $Module $installed -Recurse
    'a', 'b' | ForEach-Object { Set-Content "$machine/home/ada/.claude/projects/app/$_.jsonl" $transcript.Replace('SESSION', $_) }

    # The calls of one session; of the last one nothing is heard again.
    $began = $now.AddHours(-1)
    & {
        $calls = @(
            @{ Tool = 'Read'; At = 1; Took = 42; Input = @{ file_path = '/srv/app/main.cs' } }
            @{ Tool = 'Edit'; At = 9; Took = 61; Input = @{ file_path = '/srv/app/main.cs' } }
            @{ Tool = 'Bash'; At = 15; Took = 12480; Input = @{ command = 'dotnet test' }; End = 'PostToolUseFailure' }
            @{ Tool = 'Edit'; At = 41; Took = 55; Input = @{ file_path = '/srv/app/main.cs' } }
            @{ Tool = 'Bash'; At = 47; Took = 11902; Input = @{ command = 'dotnet test' } }
            @{ Tool = 'Bash'; At = 63; Input = @{ command = 'git push' } }
        )
        foreach ($call in $calls) {
            $id = 'toolu_{0:00000000000000}' -f $call.At
            $shared = [ordered]@{ session_id = 'session-36'; tool_name = $call.Tool; tool_use_id = $id }
            $shared + @{ hook_event_name = 'PreToolUse'; timestamp = $began.AddSeconds($call.At).ToString('o')
            tool_input = $call.Input } | ConvertTo-Json -Compress
            if ($call['Took']) {
                $shared + @{ hook_event_name = $call['End'] ?? 'PostToolUse'
                timestamp = $began.AddSeconds($call.At).AddMilliseconds($call.Took).ToString('o') } | ConvertTo-Json -Compress
            }
        }
    } | Set-Content "$machine/calls.jsonl"

    # Only its path is looked at.
    Set-Content "$machine/usr/local/bin/pattern-analysis" '#!/bin/sh'
    chmod +x "$machine/usr/local/bin/pattern-analysis"

    $session = 0
    $time = $now.AddHours(-1)
    & {
        foreach ($routine in @{ Count = 20; Tools = 'Read', 'Edit', 'Write' }, @{ Count = 12; Tools = 'Test', 'Fix', 'Test' },
            @{ Count = 3; Tools = 'Read', 'DeleteFile', 'Read' }) {
            foreach ($one in 1..$routine.Count) {
                $session++
                foreach ($tool in $routine.Tools) {
                    $time = $time.AddMilliseconds(1)
                    [ordered]@{ session_id = "session-{0:00}" -f $session; hook_event_name = 'PreToolUse'; tool_name = $tool
                    timestamp = $time.ToString('o') } | ConvertTo-Json -Compress
                }
            }
        }
    } | Set-Content "$machine/events.jsonl"
}

# Every example in front of an output: its page, its title, its code.
function Get-Example {
    # A task is registered, shown and removed, in this order.
    foreach ($file in Get-ChildItem $Page -Filter *-*.md | Where-Object BaseName -NotIn $leftOut |
        Sort-Object { $tasks.IndexOf($_.BaseName) }, BaseName) {
        $examples = (Read-HelpPage $file.FullName).Sections['EXAMPLES'].Items
        foreach ($title in $examples.Keys) {
            if ($examples[$title].Fence -contains 'output') {
                @{ Page = $file; Title = $title; Code = ($examples[$title] | Where-Object Fence -EQ powershell).Text }
            }
        }
    }
}

# Puts the clock of the pages in place of this machine's. What happened while the examples ran happened at once, also days ago (--hours 24).
function ConvertTo-PageTime {
    param ([string] $Text)

    $invariant = [cultureinfo]::InvariantCulture
    $toPage = {
        param ([datetime] $Time)

        $age = $Time - $now
        $days = [timespan]::FromDays([Math]::Floor($age.TotalDays))
        $shown + ($age - $days -lt [timespan]::FromMinutes(20) ? $days : $age)
    }
    $Text = [regex]::Replace($Text, '(?<!\d)(\d{4}-\d\d-\d\d)([ T])(\d\d:\d\d)(:\d\d)?(\.\d+)?', {
            param ($match)

            $time = [datetime]::Parse("$($match.Groups[1])T$($match.Groups[3])$($match.Groups[4])$($match.Groups[5])", $invariant)
            # The days of work.db are always the same ones.
            if ($time -lt [datetime]::new(2026, 4, 1)) { return $match.Value }
            $fraction = 'f' * [Math]::Max(0, $match.Groups[5].Length - 1)
            $format = "yyyy-MM-dd'$($match.Groups[2])'HH:mm$($match.Groups[4].Success ? ':ss' : '')$($fraction ? ".$fraction" : '')"
            (& $toPage $time).ToString($format, $invariant)
        })
    # What a hook runs: it names folders of this machine, and a hash of one.
    $Text = $Text -creplace '(?<=\.spool ).*(?= # pattern-analysis record)', '...'
    # What a stopwatch measured.
    $Text = $Text -replace '(?<=\bElapsed\s*: )[\d:.]+', '00:00:00.0027793'
    [regex]::Replace($Text, '(?<!\d)20\d{6}(?!\d)', {
            param ($match)

            $day = [datetime]::ParseExact($match.Value, 'yyyyMMdd', $invariant)
            $shown.AddDays([Math]::Min(0, ($day - $now.Date).Days)).ToString('yyyyMMdd', $invariant)
        })
}

# One script for all examples; what each prints stands behind a line with its number.
function Invoke-Example {
    param ([object[]] $Example)

    $script = @(
        "`$ErrorActionPreference = 'Stop'"
        "`$PSStyle.OutputRendering = 'PlainText'"
        "Import-Module PatternAnalysis"
        "Import-HookEvent '$machine/events.jsonl' -Database '$machine/events'"
        "Import-HookEvent '$machine/calls.jsonl' -Database '$machine/calls'"
        "Import-HookEvent '$machine/work' -Database '$machine/days'"
        "Copy-Item '$machine/events' '$machine/pending'; `$null = Invoke-PatternAnalysis -Database '$machine/pending'"
        "Copy-Item '$machine/pending' '$machine/decided'; `$env:PATTERN_ANALYSIS_DATABASE = '$machine/decided'"
        "Approve-Pattern 8c2913c262d6046b -Reviewer ada -Notes 'worth a script'"
        "Deny-Pattern 7effe7c191daf594 -Reviewer ada -Reason 'a habit, not a routine'"
        "`$env:PATTERN_ANALYSIS_DATABASE = `$null"
        for ($i = 0; $i -lt $Example.Count; $i++) {
            if ($i -eq 0 -or $Example[$i].Page -ne $Example[$i - 1].Page) {
                "Set-Location '$machine'; Remove-Item srv/* -Recurse"
                "Copy-Item $($states[$Example[$i].Page.BaseName] ?? 'pending') srv/hooks.db"
                "Copy-Item calls srv/calls.db; Copy-Item days srv/work.db; Set-Location srv"
            }
            "Write-Host '$mark$i'"
            "& {`n$($Example[$i].Code)`n} | Out-String -Width 140 | Write-Host"
        }
        $Crontab ? 'Unregister-PatternAnalysisTask' : ''
    )
    Set-Content "$machine/examples.ps1" $script
    $program, $arguments = @(Get-PowerShellCommand) + '-NoProfile', '-NonInteractive', '-File', "$machine/examples.ps1"
    $start = [System.Diagnostics.ProcessStartInfo]::new($program, [string[]]$arguments)
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.Environment['HOME'] = "$machine/home/ada"
    $start.Environment['PSModulePath'] = "$machine/usr/local/share/powershell/Modules"
    $start.Environment['PATH'] = "$machine/usr/local/bin:$env:PATH"
    $start.Environment['TZ'] = 'UTC'
    $start.Environment['LC_ALL'] = 'C.UTF-8'
    $process = [System.Diagnostics.Process]::Start($start)
    $errors = $process.StandardError.ReadToEndAsync()
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    if ($process.ExitCode -ne 0 -or $errors.Result) {
        throw "The examples failed: $($errors.Result)`n$output"
    }
    # As a .NET tool, PowerShell is a library that dotnet runs.
    (ConvertTo-PageTime $output).Replace($machine, '').Replace(((Get-PowerShellCommand) -join "' '"), '/usr/bin/pwsh')
}

. (Join-Path $PSScriptRoot HelpPage.ps1)
. (Join-Path $PSScriptRoot PowerShellCommand.ps1)
$mark = '### example '
try {
    New-Machine
    $examples = @(Get-Example)
    foreach ($part in (Invoke-Example $examples) -split "(?m)^$mark" | Select-Object -Skip 1) {
        $number, $lines = $part -split "`n"
        $example = $examples[[int]$number]
        $printed = (($lines | ForEach-Object TrimEnd) -join "`n").Trim("`n")
        $heading = [regex]::Escape("### $($example.Title)`n")
        $text = Get-Content $example.Page -Raw
        $replaced = [regex]::Replace($text, "(?s)(?<=$heading.*?``````output\n).*?(?=\n``````)", { $printed }, 'None')
        [System.IO.File]::WriteAllText($example.Page, $replaced)
    }
} finally {
    Remove-Item -LiteralPath $machine -Recurse -Force
}
