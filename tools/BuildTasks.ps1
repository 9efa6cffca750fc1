# The steps of build.ps1. Every step takes the context of New-BuildContext and throws when it fails.

. (Join-Path $PSScriptRoot PowerShellCommand.ps1)
. (Join-Path $PSScriptRoot ThirdPartyNotice.ps1)

# What may lie in the module's bin folder. A new dependency is added here on purpose, never by chance: each one is an assembly that users
# load.
$script:AllowedAssemblies = @(
    'PatternAnalysis'
    'PatternAnalysis.Application'
    'PatternAnalysis.Module'
    'PatternAnalysis.Storage'
    'PatternAnalysis.Delivery'
    'PatternAnalysis.Scheduling'
    'MailKit'
    'MimeKit'
    'System.Formats.Asn1'
    'Dapper'
    'Microsoft.Data.Sqlite'
    'Microsoft.Extensions.DependencyInjection.Abstractions'
    'Microsoft.Extensions.Logging.Abstractions'
    'Npgsql'
    'System.Diagnostics.DiagnosticSource'
    'SQLitePCLRaw.batteries_v2'
    'SQLitePCLRaw.core'
    'SQLitePCLRaw.provider.e_sqlite3'
    'ZstdSharp'
)

# Where PowerShell 7.4 and later runs: ShippedRuntimes in src/Directory.Build.props.
$script:NativeLibraries = @{
    'win-x64'          = 'e_sqlite3.dll'
    'win-arm64'        = 'e_sqlite3.dll'
    'linux-x64'        = 'libe_sqlite3.so'
    'linux-arm64'      = 'libe_sqlite3.so'
    'linux-musl-x64'   = 'libe_sqlite3.so'
    'linux-musl-arm64' = 'libe_sqlite3.so'
    'osx-x64'          = 'libe_sqlite3.dylib'
    'osx-arm64'        = 'libe_sqlite3.dylib'
}

function New-BuildContext {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It only composes paths.')]
    param ([string] $Root, [string] $Configuration, [bool] $Compile)

    $version = (Import-PowerShellDataFile -LiteralPath (Join-Path $Root PatternAnalysis.psd1)).ModuleVersion
    $output = Join-Path $Root output
    [pscustomobject]@{
        Root          = $Root
        Configuration = $Configuration
        Compile       = $Compile
        Version       = $version
        Output        = $output
        Module        = Join-Path $output PatternAnalysis $version
    }
}

function Invoke-Native {
    param ([string] $Command, [string[]] $Arguments)

    & $Command @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "'$Command $($Arguments -join ' ')' failed with exit code $LASTEXITCODE."
    }
}

# The pwsh that runs this script: the assemblies of the built module are loaded in children only, because a process never lets go of them.
function Invoke-ChildPwsh {
    param ([string] $Script, [string[]] $Arguments = @())

    Invoke-PowerShell (@('-NoProfile', '-NonInteractive', '-File', $Script) + $Arguments)
    if ($LASTEXITCODE -ne 0) {
        throw "$(Split-Path -Leaf $Script) failed with exit code $LASTEXITCODE."
    }
}

#   ProjectUri   Where the project lives; the help's links are made from it. Without it there are none.
function Invoke-ModuleBuild {
    param ($Build, [string] $ProjectUri)

    if (Test-Path -LiteralPath $Build.Module) {
        Remove-Item -LiteralPath $Build.Module -Recurse -Force
    }

    $bin = Join-Path $Build.Module bin
    Invoke-Native dotnet @(
        'publish', (Join-Path $Build.Root src PatternAnalysis.Module PatternAnalysis.Module.csproj)
        '--configuration', $Build.Configuration
        '--output', $bin
        '--nologo', '--verbosity', 'quiet'
        if (-not $Build.Compile) { '--no-build' }
    )
    Limit-PublishedFile $bin

    Copy-Item -LiteralPath (Join-Path $Build.Root PatternAnalysis.psd1) -Destination $Build.Module
    Copy-Item -Path (Join-Path $Build.Root module *) -Destination $Build.Module -Recurse
    Copy-Item -LiteralPath (Join-Path $Build.Root LICENSE) -Destination $Build.Module
    $packages = Get-ShippedPackage $bin (Get-PackageRoot)
    ConvertTo-ThirdPartyNotice $packages | Set-Content -LiteralPath (Join-Path $Build.Module THIRD-PARTY-NOTICES.txt)

    Invoke-ChildPwsh (Join-Path $Build.Root tools ConvertTo-Maml.ps1) @(
        '-Module', (Join-Path $Build.Module PatternAnalysis.psd1)
        '-Source', (Join-Path $Build.Root docs en-US)
        '-Destination', (Join-Path $Build.Module en-US PatternAnalysis.Module.dll-Help.xml)
        if ($ProjectUri) { '-ProjectUri', $ProjectUri }
    )
    "Built $($Build.Module)"
}

# The folder that NuGet unpacks packages into.
function Get-PackageRoot {
    (Invoke-Native dotnet @('nuget', 'locals', 'global-packages', '--list', '--force-english-output')) -replace '^global-packages: ' |
        Select-Object -Last 1
}

# Leaves what the module needs, and fails when something is missing or came along uninvited.
function Limit-PublishedFile {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'It works on fresh output.')]
    param ([string] $Bin)

    # Of no use to who imports the module.
    Remove-Item (Join-Path $Bin *.runtimeconfig.json)

    $uninvited = Get-ChildItem -LiteralPath $Bin -File -Filter *.dll | Where-Object BaseName -notin $script:AllowedAssemblies
    if ($uninvited) {
        throw "Not in the list of assemblies that ship (tools/BuildTasks.ps1): $($uninvited.Name -join ', ')."
    }

    $runtimes = Join-Path $Bin runtimes
    # deps.json tells the loader which native library is whose.
    $needed = @(Join-Path $Bin PatternAnalysis.Module.deps.json)
    $needed += $script:AllowedAssemblies | ForEach-Object { Join-Path $Bin "$_.dll" }
    $needed += $script:NativeLibraries.GetEnumerator() | ForEach-Object { Join-Path $runtimes $_.Key native $_.Value }
    $missing = $needed | Where-Object { -not (Test-Path -LiteralPath $_) }
    if ($missing) {
        throw "The publish lacks: $($missing -join ', ')."
    }
}

# All tests of the solution; among them is the Pester suite, in the PowerShell that .config/dotnet-tools.json pins.
function Invoke-SolutionTest {
    param ($Build)

    Invoke-Native dotnet @(
        'test', (Join-Path $Build.Root PatternAnalysis.sln)
        '--configuration', $Build.Configuration, '--nologo'
        '--results-directory', (Join-Path $Build.Output TestResults)
    )
}

# The Pester suite alone, in the PowerShell that runs this.
function Invoke-PesterSuite {
    param ($Build, [version] $Version)

    Invoke-ChildPwsh (Join-Path $Build.Root tools Invoke-PesterTest.ps1) @(
        '-Tests', (Join-Path $Build.Root tests)
        '-Output', $Build.Output
        '-Pester', (Get-PesterPath $Build $Version)
    )
}

# The Pester that the project pins, or an installed one of this version.
function Get-PesterPath {
    param ($Build, [version] $Version)

    if ($Version) {
        $installed = Get-Module -ListAvailable -Name Pester | Where-Object Version -EQ $Version | Select-Object -First 1
        if (-not $installed) {
            throw "Pester $Version is not installed: Install-PSResource Pester -Version $Version"
        }
        return $installed.Path
    }

    $project = Join-Path $Build.Root tests units PatternAnalysis.Module.Tests
    $null = Invoke-Native dotnet @('restore', $project, '--verbosity', 'quiet')
    Join-Path (Invoke-Native dotnet @('msbuild', $project, '-getProperty:PkgPester')) tools Pester.psd1
}
