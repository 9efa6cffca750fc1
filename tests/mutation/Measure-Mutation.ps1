# Changes the code of one folder, one place at a time, and tells which changes no test notices. It is slow, so it runs on demand only:
#   ./tests/mutation/Measure-Mutation.ps1 -Folder Masking
#   ./tests/mutation/Measure-Mutation.ps1 -Folder Recording -Project storage
[CmdletBinding()]
param (
    # The folder of the project whose code is changed.
    [Parameter(Mandatory)]
    [string] $Folder,

    # The configuration beside this script: which project, tested by which.
    [ValidateSet('domain', 'storage', 'delivery', 'panel')]
    [string] $Project = 'domain',

    # Which files of the folder.
    [string] $File = '*.cs',

    # Which tests are asked; those of the folder of the same name when nothing is said.
    [string] $Filter = "FullyQualifiedName~Tests.$Folder"
)

$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)
$settings = Get-Content -LiteralPath (Join-Path $PSScriptRoot "$Project.json") -Raw | ConvertFrom-Json
$tests = Join-Path $root tests units ([System.IO.Path]::GetFileNameWithoutExtension($settings.'stryker-config'.'test-projects'[0]))

# The filter is no option of the command line, so the run gets a configuration of its own.
$settings.'stryker-config' | Add-Member 'test-case-filter' $Filter
$output = Join-Path $root output mutation $Folder
$null = New-Item -ItemType Directory -Path $output -Force
$configuration = Join-Path $output stryker-config.json
$settings | ConvertTo-Json -Depth 5 | Set-Content -LiteralPath $configuration

Push-Location $tests
try {
    dotnet tool run dotnet-stryker --config-file $configuration --output $output --mutate "$Folder/**/$File"
    if ($LASTEXITCODE -ne 0) { throw "The run ended with code $LASTEXITCODE." }
}
finally {
    Pop-Location
}
