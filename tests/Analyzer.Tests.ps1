BeforeDiscovery {
    $missing = -not (Get-Command Invoke-ScriptAnalyzer -ErrorAction Ignore)
}

Describe 'PSScriptAnalyzer' -Skip:$missing -Tag 'needs the module PSScriptAnalyzer, which is not installed' {
    It 'finds nothing in any script' {
        $root = Split-Path $PSScriptRoot
        # The manifest is looked at where it is used: the files that it names do not lie beside its source.
        $version = (Import-PowerShellDataFile (Join-Path $root PatternAnalysis.psd1)).ModuleVersion
        $files = @('build.ps1', 'PSScriptAnalyzerSettings.psd1',
            "output/PatternAnalysis/$version/PatternAnalysis.psd1").ForEach({ Join-Path $root $_ })
        $folders = 'module', 'tools', 'tests' | ForEach-Object { Join-Path $root $_ }
        $files += @(Get-ChildItem -Path $folders -Recurse -Include *.ps1, *.psm1, *.psd1).FullName

        $settings = Join-Path $root PSScriptAnalyzerSettings.psd1
        $files | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Settings $settings } |
            # A variable of one Pester block is used in another, which the rule cannot see.
            Where-Object { -not ($_.RuleName -eq 'PSUseDeclaredVarsMoreThanAssignments' -and $_.ScriptName -like '*.Tests.ps1') } |
            ForEach-Object { "$($_.ScriptPath):$($_.Line): $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
