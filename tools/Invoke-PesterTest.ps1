<#
.SYNOPSIS
    Runs the Pester tests on the built module. build.ps1 starts it in a process of its own.
.DESCRIPTION
    PSModulePath is cut to PowerShell's own modules and to the output folder: a test must not pass because of what else this machine has
    installed. Ends with the line "Pester: N passed, N failed, N skipped".
#>
param (
    [Parameter(Mandatory)] [string] $Tests,
    [Parameter(Mandatory)] [string] $Output,
    [Parameter(Mandatory)] [string] $Pester,
    [string] $Analyzer
)

$ErrorActionPreference = 'Stop'
$env:PSModulePath = (Join-Path $PSHOME Modules) + [System.IO.Path]::PathSeparator + $Output

Import-Module $Pester
if ($Analyzer) {
    Import-Module $Analyzer
}

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Tests
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputPath = Join-Path $Output TestResults pester.xml
$null = New-Item -ItemType Directory -Force -Path (Join-Path $Output TestResults)

$result = Invoke-Pester -Configuration $configuration

# A container or a block that could not run has tests that were never counted.
$broken = $result.FailedContainersCount + $result.FailedBlocksCount
"Pester: $($result.PassedCount) passed, $($result.FailedCount + $broken) failed, $($result.SkippedCount + $result.NotRunCount) skipped"
exit (($result.FailedCount + $broken -eq 0 -and $result.PassedCount -gt 0) ? 0 : 1)
