BeforeDiscovery {
    $root = Split-Path $PSScriptRoot
    # The manifest is looked at where it is used: the files that it names do not lie beside its source.
    $version = (Import-PowerShellDataFile (Join-Path $root PatternAnalysis.psd1)).ModuleVersion
    $files = @('build.ps1', 'PSScriptAnalyzerSettings.psd1', "output/PatternAnalysis/$version/PatternAnalysis.psd1").ForEach({ Join-Path $root $_ })
    $files += @(Get-ChildItem -Path (Join-Path $root module), (Join-Path $root tools), (Join-Path $root tests) -Recurse -Include *.ps1, *.psm1, *.psd1).FullName
    # Names, not objects: they go into the names of the tests.
    $scripts = @($files | ForEach-Object { @{ Path = $_; Name = [System.IO.Path]::GetRelativePath($root, $_) } })
    $missing = -not (Get-Command Invoke-ScriptAnalyzer -ErrorAction Ignore)
}

Describe 'PSScriptAnalyzer' -Skip:$missing {
    It 'finds nothing in <Name>' -ForEach $scripts {
        $settings = Join-Path (Split-Path $PSScriptRoot) PSScriptAnalyzerSettings.psd1
        Invoke-ScriptAnalyzer -Path $Path -Settings $settings |
            # A variable of one Pester block is used in another, which the rule cannot see.
            Where-Object { -not ($_.RuleName -eq 'PSUseDeclaredVarsMoreThanAssignments' -and $Name -like '*.Tests.ps1') } |
            ForEach-Object { "$($_.Line): $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
