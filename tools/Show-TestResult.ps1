<#
.SYNOPSIS
    Adds up the results of dotnet test: the skipped tests with their reasons, then the line "N passed, N failed, N skipped".
.DESCRIPTION
    Ends with 0 when tests passed and nothing failed, and with 1 otherwise.
.EXAMPLE
    ./tools/Show-TestResult.ps1 -Path ./output/TestResults -FailedStep build
#>
param (
    # The folder of the trx files.
    [Parameter(Mandatory)] [string] $Path,
    # Steps around the tests that failed, each counted as a failure.
    [string] $FailedStep
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$passed = $failed = 0
$skipped = foreach ($file in Get-ChildItem -Path $Path -Filter *.trx -ErrorAction Ignore) {
    $run = [System.Xml.XmlDocument]::new()
    $run.Load($file.FullName)
    foreach ($result in $run.GetElementsByTagName('UnitTestResult')) {
        switch ($result.GetAttribute('outcome')) {
            'Passed' { $passed++ }
            'NotExecuted' {
                @{ Test = $result.GetAttribute('testName'); Reason = $result.GetElementsByTagName('Message')[0].InnerText.Trim() }
            }
            default { $failed++ }
        }
    }
}
$skipped = @($skipped)
foreach ($group in $skipped | Group-Object { $_.Reason } | Sort-Object Name) {
    "Skipped, $($group.Name.TrimEnd('.')):"
    $group.Group.Test | Sort-Object | ForEach-Object { "  $_" }
}

$steps = @($FailedStep -split '\s+' -ne '')
$steps | ForEach-Object { "Failed: $_" }
# Failed tests are counted one by one: their step counts only where none of them tells of it.
$failed += @($steps | Where-Object { $_ -ne 'tests' -or $failed -eq 0 }).Count
"$passed passed, $failed failed, $($skipped.Count) skipped"
exit (($failed -eq 0 -and $passed -gt 0) ? 0 : 1)
