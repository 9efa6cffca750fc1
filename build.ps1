#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests and packages the module. Needs the .NET SDK, and for the tests an installed Pester (5.9 or 6); nothing is downloaded
    but the NuGet packages of the projects.
.EXAMPLE
    ./build.ps1
    Builds the module into output/PatternAnalysis/<version>.
.EXAMPLE
    ./build.ps1 -Task Build, Test
    Builds it, then runs the unit tests and the Pester tests on what was built.
.EXAMPLE
    ./build.ps1 -Task Build, Package
    Builds it, then packs it as output/PatternAnalysis.<version>.zip.
#>
[CmdletBinding()]
param (
    # Test is UnitTest and Pester.
    [ValidateSet('Build', 'UnitTest', 'Pester', 'Test', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # The Pester to test with; by default the newest that is installed.
    [version] $PesterVersion
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

. (Join-Path $PSScriptRoot tools BuildTasks.ps1)

$build = New-BuildContext -Root $PSScriptRoot -Configuration $Configuration
foreach ($step in $Task) {
    switch ($step) {
        'Build' { Invoke-ModuleBuild $build }
        'UnitTest' { Invoke-UnitTest $build }
        'Pester' { Invoke-PesterSuite $build $PesterVersion }
        'Test' { Invoke-UnitTest $build; Invoke-PesterSuite $build $PesterVersion }
        'Package' { New-ModulePackage $build }
    }
}
