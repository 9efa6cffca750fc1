<#
.SYNOPSIS
    Runs the Pester tests on the built module. build.ps1 and dotnet test start it in a process of its own.
.DESCRIPTION
    PSModulePath is cut to PowerShell's own modules and to the output folder: a test must not pass because of what else this machine has
    installed. PSScriptAnalyzer alone is taken from there, where it is. Ends with the line "Pester: N passed, N failed, N skipped".
#>
param (
    # A file, or a folder of files.
    [Parameter(Mandatory)] [string] $Tests,
    [Parameter(Mandatory)] [string] $Output,
    [Parameter(Mandatory)] [string] $Pester,
    # A file to write: of every test its name, outcome, seconds and message, as JSON.
    [string] $Report
)

$ErrorActionPreference = 'Stop'
$analyzer = Get-Module -ListAvailable -Name PSScriptAnalyzer | Sort-Object Version -Descending | Select-Object -First 1
$env:PSModulePath = (Join-Path $PSHOME Modules) + [System.IO.Path]::PathSeparator + $Output

Import-Module $Pester
if ($analyzer) {
    Import-Module $analyzer.Path
}

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Tests
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'

$result = Invoke-Pester -Configuration $configuration

# A test with the blocks that it stands in, outermost first. A skipped one says by their tags what it needs.
function Get-TestReport {
    param ($Test, [string] $Name, [string] $Outcome)

    $block = $Test
    $blocks = while ($block -and -not $block.IsRoot) {
        $block
        $block = $block.PSObject.Properties['Parent'] ? $block.Parent : $block.Block
    }
    [array]::Reverse($blocks)
    $errors = $Test.ErrorRecord | ForEach-Object { $_.Exception.Message, $_.ScriptStackTrace }
    [ordered]@{
        Name    = "$($blocks.ForEach({ $_.ExpandedName ?? $_.Name }) -join ' ')$Name"
        Outcome = $Outcome
        Seconds = [Math]::Round($Test.Duration.TotalSeconds, 3)
        Message = ($errors ? $errors : $blocks.Tag) -join "`n"
    }
}

if ($Report) {
    $reports = @(
        $result.Tests | ForEach-Object { Get-TestReport $_ '' ($_.Result -in 'Passed', 'Failed' ? $_.Result : 'Skipped') }
        $result.FailedBlocks | ForEach-Object { Get-TestReport $_ ' (what stands before or after its tests)' Failed }
        $result.FailedContainers | ForEach-Object { Get-TestReport $_ 'The file' Failed }
    )
    ConvertTo-Json -InputObject $reports | Set-Content -LiteralPath $Report
}

# A container or a block that could not run has tests that were never counted.
$broken = $result.FailedContainersCount + $result.FailedBlocksCount
"Pester: $($result.PassedCount) passed, $($result.FailedCount + $broken) failed, $($result.SkippedCount + $result.NotRunCount) skipped"
exit (($result.FailedCount + $broken -eq 0 -and $result.TotalCount -gt 0) ? 0 : 1)
