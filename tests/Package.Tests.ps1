BeforeDiscovery {
    $root = Split-Path $PSScriptRoot
    $notBuilt = -not (Test-Path (Join-Path $root src PatternAnalysis.Cli bin Release net10.0 pattern-analysis.dll))
}

Describe 'What is published' -Skip:$notBuilt -Tag 'needs the solution built in Release' {
    BeforeAll {
        . (Join-Path $PSScriptRoot common.ps1)

        $signed = Join-Path $TestDrive signed.txt
        $signer = Join-Path $TestDrive Sign.ps1
        Set-Content $signer "param ([string[]] `$Path) Set-Content -LiteralPath '$signed' -Value `$Path"
        $built = Invoke-ChildFile (Join-Path $Root build.ps1) @(
            '-Task', 'Package', '-NoCompile', '-ProjectUri', 'https://example.org/owner/name', '-SigningScript', $signer)
        if ($built.ExitCode -ne 0) { throw $built.Text }

        $packages = Join-Path $Root output packages
        $modulePackage = Join-Path $packages "PatternAnalysis.$Version.nupkg"
        $toolPackage = Join-Path $packages "pattern-analysis.$Version.nupkg"
        foreach ($name in 'module', 'tool') {
            $package = $name -eq 'module' ? $modulePackage : $toolPackage
            [IO.Compression.ZipFile]::ExtractToDirectory($package, (Join-Path $TestDrive $name))
        }
        $unpacked = Join-Path $TestDrive module
        $notice = Get-Content (Join-Path $unpacked THIRD-PARTY-NOTICES.txt) -Raw

        # An older version of the same module, for the way from one to the next.
        function New-OlderPackage {
            param ([string] $Destination)

            $older = Join-Path $TestDrive older PatternAnalysis
            Copy-Item (Join-Path $Root output staged PatternAnalysis $Version) $older -Recurse
            $manifest = Join-Path $older PatternAnalysis.psd1
            (Get-Content $manifest -Raw) -replace "ModuleVersion( *)= '$Version'", "ModuleVersion`$1= '0.0.9'" | Set-Content $manifest
            Compress-PSResource -Path $older -DestinationPath $Destination
        }
    }

    It 'names in the gallery where it comes from, what is new and what it may be used for' {
        $metadata = ([xml] (Get-Content (Join-Path $unpacked PatternAnalysis.nuspec) -Raw)).package.metadata
        $metadata.version | Should -Be $Version
        $metadata.projectUrl | Should -Be 'https://example.org/owner/name'
        $metadata.licenseUrl | Should -Be "https://example.org/owner/name/blob/v$Version/LICENSE"
        $metadata.iconUrl | Should -Be "https://example.org/owner/name/raw/v$Version/docs/icon.png"
        $metadata.releaseNotes.Length | Should -BeGreaterThan 100
        $metadata.tags | Should -Match 'PSEdition_Core'
    }

    It 'has an icon where the gallery looks for it' {
        Join-Path $Root docs icon.png | Should -Exist
    }

    It 'is found, installed, updated from an older version, used side by side and uninstalled' -Skip:$IsWindows `
        -Tag 'needs a home folder of its own, which Windows does not give' {
        $source = (New-Item -ItemType Directory (Join-Path $TestDrive source)).FullName
        New-OlderPackage $source
        Copy-Item $modulePackage $source
        $userHome = (New-Item -ItemType Directory (Join-Path $TestDrive home)).FullName

        $kept = @{ HOME = $env:HOME; XDG_DATA_HOME = $env:XDG_DATA_HOME }
        try {
            $env:HOME, $env:XDG_DATA_HOME = $userHome, $null
            $result = Invoke-ChildScript -Variable @{ source = $source; newest = $Version } @'
$modules = Join-Path $HOME .local share powershell Modules
$env:PSModulePath = "$modules$([IO.Path]::PathSeparator)$PSHOME/Modules"
function Show-Installed { (Get-ChildItem (Join-Path $modules PatternAnalysis) -ErrorAction Ignore).Name -join ' ' }
Register-PSResourceRepository -Name folder -Uri $source -Trusted
"found $((Find-PSResource PatternAnalysis -Repository folder).Version)"
Install-PSResource PatternAnalysis -Version 0.0.9 -Repository folder
"installed $(Show-Installed)"
Update-PSResource PatternAnalysis -Repository folder
"updated $(Show-Installed)"
foreach ($version in '0.0.9', $newest) {
    Import-Module PatternAnalysis -RequiredVersion $version
    "loaded $((Get-Module PatternAnalysis).Version) $((Test-PatternDanger -Command 'rm -rf /').Level)"
    Remove-Module PatternAnalysis
}
Uninstall-PSResource PatternAnalysis -Version '*' -SkipDependencyCheck
"uninstalled $(Show-Installed)"
'@
        } finally {
            $env:HOME, $env:XDG_DATA_HOME = $kept.HOME, $kept.XDG_DATA_HOME
        }

        $result.Lines | Should -Be @(
            "found $Version"
            'installed 0.0.9'
            "updated 0.0.9 $Version"
            'loaded 0.0.9 Destructive'
            "loaded $Version Destructive"
            'uninstalled '
        )
    }

    It 'installs as a .NET tool into an empty folder, and runs' {
        $folder = Join-Path $TestDrive tools
        $text = dotnet tool install pattern-analysis --tool-path $folder --add-source $packages --version $Version 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $text

        $text = & (Join-Path $folder pattern-analysis) danger 'rm -rf /' 2>&1 | Out-String
        $text | Should -Match 'destructive'
        $text = & (Join-Path $folder pattern-analysis) demo 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $text
        $text | Should -Match 'Patterns Discovered: [1-9]'
        Remove-Item -Recurse (Split-Path ([regex]::Match($text, '(?m)^Report:\s+(.+?)\r?$').Groups[1].Value))
    }

    # Coverage finds the sources by the folders that what ships does not name.
    It 'holds no symbols, and no folder of the machine that built it' -Skip:($env:PATTERN_ANALYSIS_COVERAGE -eq 'true') `
        -Tag 'needs a build that does not measure coverage' {
        foreach ($name in 'module', 'tool') {
            $files = Get-ChildItem (Join-Path $TestDrive $name) -Recurse -File
            $files.Extension | Should -Not -Contain '.pdb'
            foreach ($file in $files) {
                $text = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file.FullName))
                $text.Contains("$Root$([IO.Path]::DirectorySeparatorChar)") | Should -BeFalse -Because $file.FullName
            }
        }
    }

    It 'names the licence of every assembly and library that is not ours: <_>' -ForEach 'module', 'tool' {
        $others = Get-ChildItem (Join-Path $TestDrive $_) -Recurse -File -Include *.dll, *.so, *.dylib |
            Where-Object Name -notmatch '^(PatternAnalysis.*|pattern-analysis)\.dll$'
        $others.Count | Should -BeGreaterThan 5
        $stated = Get-Content (Get-ChildItem (Join-Path $TestDrive $_) -Recurse -Filter THIRD-PARTY-NOTICES.txt) -Raw
        foreach ($file in $others) { $stated | Should -Match "(?m)^  Files: .*\b$([regex]::Escape($file.Name))" }
    }

    It 'comes with a bill of materials that names the same packages' {
        $bill = Get-Content (Join-Path $packages "PatternAnalysis.Module.$Version.cdx.json") -Raw | ConvertFrom-Json
        $bill.bomFormat | Should -Be 'CycloneDX'
        $named = [regex]::Matches($notice, '(?m)^(?<name>\S+) (?<version>\d\S*), ') |
            ForEach-Object { "$($_.Groups['name']) $($_.Groups['version'])" }
        $named.Count | Should -BeGreaterThan 5
        foreach ($package in $named) { $bill.components | ForEach-Object { "$($_.name) $($_.version)" } | Should -Contain $package }
    }

    It 'comes with the checksums of all' {
        $lines = Get-Content (Join-Path $packages SHA256SUMS)
        $lines.Count | Should -Be ((Get-ChildItem $packages -File).Count - 1)
        foreach ($line in $lines) {
            $sum, $name = $line -split '  '
            (Get-FileHash (Join-Path $packages $name) -Algorithm SHA256).Hash | Should -Be $sum
        }
    }

    It 'gives a signing script every file of the module that can be signed' {
        $names = Get-Content $signed | Split-Path -Leaf
        foreach ($name in 'PatternAnalysis.psd1', 'PatternAnalysis.psm1', 'PatternAnalysis.Module.dll', 'Invoke-DailyPatternAnalysis.ps1') {
            $names | Should -Contain $name
        }
    }
}
