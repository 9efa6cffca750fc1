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
    Builds it, then packs all that is published into output/packages: the module for the gallery (nupkg) and as a zip, the command line as a
    .NET tool, a bill of materials of each, and checksums.
#>
[CmdletBinding()]
param (
    # One or several; pwsh -File hands over "Build,Test" as one text.
    [ArgumentCompletions('Build', 'Pester', 'Test', 'Package')]
    [ValidateScript({ -not ($_ -split ',' | Where-Object { $_ -notin 'Build', 'Pester', 'Test', 'Package' }) },
        ErrorMessage = "'{0}' is no task. There are Build, Pester, Test and Package.")]
    [string[]] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Takes the assemblies as dotnet build left them.
    [switch] $NoCompile,

    # Where the project lives, for the links that the gallery shows and Get-Help -Online opens: https://HOST/OWNER/NAME.
    [ValidatePattern('^$|^https://[^/]+/.*[^/]$')]
    [string] $ProjectUri,

    # A script that signs the files of its -Path in place, before they are packed.
    [ValidateScript({ Test-Path -LiteralPath $_ -PathType Leaf })]
    [string] $SigningScript,

    # An installed Pester to test with, instead of the one that Directory.Packages.props pins.
    [version] $PesterVersion
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

. (Join-Path $PSScriptRoot tools BuildTasks.ps1)
. (Join-Path $PSScriptRoot tools PackageTasks.ps1)

$build = New-BuildContext -Root $PSScriptRoot -Configuration $Configuration -Compile (-not $NoCompile)
foreach ($step in $Task -split ',') {
    switch ($step) {
        'Build' { Invoke-ModuleBuild $build $ProjectUri }
        'Pester' { Invoke-PesterSuite $build $PesterVersion }
        'Test' { Invoke-SolutionTest $build }
        'Package' { New-Package $build $ProjectUri $SigningScript }
    }
}
