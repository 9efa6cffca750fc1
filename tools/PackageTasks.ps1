# The packages of build.ps1 -Task Package: what is published, with everything that somebody checks who must decide whether to install it.

# Everything that is published, in a folder of its own: the module for the gallery and as a zip, the command line as a .NET tool, a bill of
# materials of both, and the checksums of all.
#   ProjectUri   Where the project lives; the gallery's links are made from it. Without it the package names none.
#   SigningScript  Is run with the files of the module that can be signed, before they are packed; see New-ModulePackage.
function New-Package {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Writes into output.')]
    param ($Build, [string] $ProjectUri, [string] $SigningScript)

    if (-not (Test-Path -LiteralPath $Build.Module)) {
        throw "Nothing is built yet: ./build.ps1 -Task Build, Package"
    }
    $packages = New-EmptyFolder (Join-Path $Build.Output packages)

    New-ModulePackage $Build $packages $ProjectUri $SigningScript
    New-ToolPackage $Build $packages $ProjectUri
    foreach ($project in 'PatternAnalysis.Module', 'PatternAnalysis.Cli') {
        New-BillOfMaterials $Build $packages $project
    }

    $sums = Get-ChildItem -LiteralPath $packages -File | Sort-Object Name | ForEach-Object {
        "$((Get-FileHash -LiteralPath $_.FullName -Algorithm SHA256).Hash.ToLowerInvariant())  $($_.Name)"
    }
    Set-Content -LiteralPath (Join-Path $packages SHA256SUMS) -Value $sums
    Get-ChildItem -LiteralPath $packages -File | ForEach-Object { "Packed $($_.FullName)" }
}

function New-EmptyFolder {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Writes into output.')]
    param ([string] $Path)

    if (Test-Path -LiteralPath $Path) {
        Remove-Item -LiteralPath $Path -Recurse -Force
    }
    (New-Item -ItemType Directory -Path $Path).FullName
}

# The module as it was built, with a manifest that says what the gallery shows. A signing script is given the paths of all files that can be
# signed, and signs them in place; packages are made after it.
function New-ModulePackage {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Writes into output.')]
    param ($Build, [string] $Destination, [string] $ProjectUri, [string] $SigningScript)

    $staged = Join-Path (New-EmptyFolder (Join-Path $Build.Output staged PatternAnalysis)) $Build.Version
    Copy-Item -LiteralPath $Build.Module -Destination $staged -Recurse
    Set-GalleryMetadata $Build (Join-Path $staged PatternAnalysis.psd1) $ProjectUri

    if ($SigningScript) {
        $files = Get-ChildItem -LiteralPath $staged -Recurse -File -Include *.ps1, *.psm1, *.psd1, *.ps1xml, PatternAnalysis*.dll
        & $SigningScript -Path $files.FullName
    }

    # Unpacked into a folder of PSModulePath it is an installed module: PatternAnalysis/<version>/...
    Compress-Archive -Path (Split-Path $staged) -DestinationPath (Join-Path $Destination "PatternAnalysis.$($Build.Version).zip")
    Compress-PSResource -Path $staged -DestinationPath $Destination
}

# The command line as a .NET tool: dotnet tool install pattern-analysis.
function New-ToolPackage {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Writes into output.')]
    param ($Build, [string] $Destination, [string] $ProjectUri)

    $project = Join-Path $Build.Root src PatternAnalysis.Cli
    $common = @(
        '--configuration', $Build.Configuration, '--nologo', '--verbosity', 'quiet'
        if (-not $Build.Compile) { '--no-build' }
    )
    $staged = New-EmptyFolder (Join-Path $Build.Output staged pattern-analysis)
    Invoke-Native dotnet (@('publish', $project, '--output', $staged) + $common)
    $notice = Join-Path $staged THIRD-PARTY-NOTICES.txt
    ConvertTo-ThirdPartyNotice (Get-ShippedPackage $staged (Get-PackageRoot)) | Set-Content -LiteralPath $notice
    Invoke-Native dotnet (@(
            'pack', $project, '--output', $Destination, "-p:ThirdPartyNotice=$notice", "-p:PackageProjectUrl=$ProjectUri"
            "-p:PackageReleaseNotes=$(ConvertTo-MsBuildText (Get-ReleaseNote $Build))"
        ) + $common)
}

# Writes what changes from release to release into the manifest, at the place that the manifest keeps for it.
function Set-GalleryMetadata {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Writes into output.')]
    param ($Build, [string] $Manifest, [string] $ProjectUri)

    $values = [ordered]@{ ReleaseNotes = Get-ReleaseNote $Build }
    if ($ProjectUri) {
        $values.ProjectUri = $ProjectUri
        $values.LicenseUri = "$ProjectUri/blob/v$($Build.Version)/LICENSE"
        $values.IconUri = "$ProjectUri/raw/v$($Build.Version)/docs/icon.png"
    }
    $lines = $values.GetEnumerator() | ForEach-Object { "            $($_.Key) = '$($_.Value -replace "'", "''")'" }
    $text = Get-Content -LiteralPath $Manifest -Raw
    $marked = '(?m)^ *# Packing adds .*$'
    if ($text -notmatch $marked) {
        throw "PatternAnalysis.psd1 has no line '# Packing adds ...', where the gallery's links and notes belong."
    }
    Set-Content -LiteralPath $Manifest -NoNewline -Value ([regex]::Replace($text, $marked, { $lines -join "`n" }))
    $null = Test-ModuleManifest -Path $Manifest
}

# What CHANGELOG.md says of this version, or of what is not released yet; the gallery takes 35,000 characters.
function Get-ReleaseNote {
    param ($Build)

    $changelog = Get-Content -LiteralPath (Join-Path $Build.Root CHANGELOG.md) -Raw
    foreach ($title in $Build.Version, 'Unreleased') {
        if ($changelog -match "(?ms)^## \[?$([regex]::Escape($title))\]?[^\n]*\n(?<note>.*?)(?=^## |\z)") {
            $note = $Matches.note.Trim()
            return $note.Length -le 30000 ? $note : "$($note.Substring(0, $note.LastIndexOf("`n", 30000)))`n..."
        }
    }
    throw "CHANGELOG.md says nothing of version $($Build.Version), and has no part 'Unreleased'."
}

# A property's value on a command line: the characters that MSBuild reads otherwise are escaped.
function ConvertTo-MsBuildText {
    param ([string] $Text)

    [regex]::Replace($Text, '[%;,*?"\r\n$@()'']', { '%{0:X2}' -f [int][char] $args[0].Value })
}

# What a project is made of, in the format CycloneDX.
function New-BillOfMaterials {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Writes into output.')]
    param ($Build, [string] $Destination, [string] $Project)

    $null = Invoke-Native dotnet @(
        'CycloneDX', (Join-Path $Build.Root src $Project "$Project.csproj")
        '--output', $Destination, '--filename', "$Project.$($Build.Version).cdx.json", '--output-format', 'Json'
        '--set-name', $Project, '--set-version', $Build.Version, '--exclude-dev', '--disable-package-restore'
    )
}
