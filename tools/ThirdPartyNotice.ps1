# Says whose work ships beside ours, and under which licence: read from the packages that were really published, so that it can't go stale.

# The licences whose terms are met by shipping their text. Another one is added to tools/licenses by somebody who read it.
$script:LicenseTexts = Join-Path $PSScriptRoot licenses

# A package that states no SPDX expression but a file: the file's text ships, under this name.
$script:LicenseFiles = @{ 'SourceGear.sqlite3' = 'Public domain (SQLite)' }

# Every assembly and native library that a publish brought from a package, with that package and its licence. Throws when a package states
# no licence that may ship, and when a file in the folder is neither ours nor from a package.
function Get-ShippedPackage {
    param ([string] $Folder, [string] $PackageRoot)

    $dependencies = Get-Content -LiteralPath (Get-Item (Join-Path $Folder *.deps.json)) -Raw | ConvertFrom-Json -AsHashtable
    $parts = $dependencies.targets.Values | Where-Object { $_.Count } | Select-Object -First 1
    $known = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
    foreach ($key in $parts.Keys | Sort-Object) {
        $library = $dependencies.libraries[$key]
        $files = foreach ($kind in 'runtime', 'runtimeTargets', 'native' | Where-Object { $parts[$key].ContainsKey($_) }) {
            $parts[$key][$kind].Keys | Split-Path -Leaf | Sort-Object -Unique
        }
        $files | ForEach-Object { $null = $known.Add($_) }
        $shipped = $files | Where-Object { Get-ChildItem -LiteralPath $Folder -Recurse -File -Filter $_ } | Sort-Object -Unique
        if ($library.type -eq 'package' -and $shipped) {
            Get-PackageLicense (Join-Path $PackageRoot $library.path) $shipped
        }
    }

    $strangers = Get-ChildItem -LiteralPath $Folder -Recurse -File -Include *.dll, *.so, *.dylib, *.exe | Where-Object Name -notin $known
    if ($strangers) {
        throw "Shipped, and from no package whose licence is known: $($strangers.Name -join ', ')."
    }
}

function Get-PackageLicense {
    param ([string] $Path, [string[]] $File)

    $metadata = ([xml] (Get-Content -LiteralPath (Get-Item (Join-Path $Path *.nuspec)) -Raw)).package.metadata
    $license = $metadata.SelectSingleNode('*[local-name()="license"]')
    $text = switch ($license.type) {
        'expression' { Join-Path $script:LicenseTexts "$($license.InnerText).txt" }
        'file' { if ($script:LicenseFiles[$metadata.id]) { Join-Path $Path $license.InnerText } }
    }
    if (-not $text -or -not (Test-Path -LiteralPath $text)) {
        throw "$($metadata.id) $($metadata.version) is under '$($license.InnerText)', which is not among those in $script:LicenseTexts."
    }
    [pscustomobject]@{
        Name        = $metadata.id
        Version     = $metadata.version
        License     = $script:LicenseFiles[$metadata.id] ?? $license.InnerText
        Copyright   = $metadata.CreateNavigator().Evaluate('string(*[local-name()="copyright"])')
        Project     = $metadata.CreateNavigator().Evaluate('string(*[local-name()="projectUrl"])')
        File        = $File
        LicenseText = (Get-Content -LiteralPath $text -Raw).Trim()
    }
}

function ConvertTo-ThirdPartyNotice {
    param ([object[]] $Package)

    'PatternAnalysis is shipped with the work of others, whose licences follow. Made from the packages of this build.'
    foreach ($group in $Package | Group-Object License, LicenseText) {
        ''
        '=' * 80
        foreach ($item in $group.Group) {
            "$($item.Name) $($item.Version), $($item.License)"
            if ($item.Copyright) { "  $($item.Copyright)" }
            if ($item.Project) { "  $($item.Project)" }
            "  Files: $($item.File -join ', ')"
        }
        '-' * 80
        $group.Group[0].LicenseText
    }
}
