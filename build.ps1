#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests and packages the module. Needs the .NET SDK; nothing is downloaded but NuGet packages, Pester among them.
.EXAMPLE
    ./build.ps1
    Builds the module into output/PatternAnalysis/<version>.
.EXAMPLE
    ./build.ps1 -Task Build, Test
    Builds it, then runs all tests: dotnet test runs the Pester suite too, in the PowerShell that .config/dotnet-tools.json pins.
.EXAMPLE
    ./build.ps1 -Task Build, Pester
    Builds it, then runs the Pester suite alone, in the PowerShell that runs this script.
.EXAMPLE
    ./build.ps1 -Task Build, Package
    Builds it, then packs it as output/PatternAnalysis.<version>.zip.
#>
[CmdletBinding()]
param (
    [ValidateSet('Build', 'Pester', 'Test', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Takes the assemblies as dotnet build left them.
    [switch] $NoCompile,

    # An installed Pester to test with, instead of the one that Directory.Packages.props pins.
    [version] $PesterVersion
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

. (Join-Path $PSScriptRoot tools BuildTasks.ps1)

$build = New-BuildContext -Root $PSScriptRoot -Configuration $Configuration -Compile (-not $NoCompile)
foreach ($step in $Task) {
    switch ($step) {
        'Build' { Invoke-ModuleBuild $build }
        'Pester' { Invoke-PesterSuite $build $PesterVersion }
        'Test' { Invoke-SolutionTest $build }
        'Package' { New-ModulePackage $build }
    }
}
