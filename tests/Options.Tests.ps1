# One catalogue holds the options: the cmdlets take them, each with its range, its default and its sentence, and so do the help pages.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot common.ps1)
    $bound = foreach ($cmdlet in (Get-Module PatternAnalysis).ExportedCmdlets.Values) {
        foreach ($parameter in $cmdlet.Parameters.Values) {
            $sentence = $parameter.Attributes.Where{ $_ -is [Parameter] }.HelpMessage | Select-Object -First 1
            if ($sentence) {
                @{ Cmdlet = $cmdlet.Name; Parameter = $parameter.Name; Sentence = $sentence }
            }
        }
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
}

Describe 'Invoke-PatternAnalysis' {
    BeforeAll {
        $command = Get-Command Invoke-PatternAnalysis
        $record = $command.ImplementingType.GetMethod('ReadRunOptions', [Reflection.BindingFlags] 'Instance, NonPublic').ReturnType
        $catalogue = [PatternAnalysis.Options.OptionCatalogue].GetMethod('Of').MakeGenericMethod($record).Invoke($null, @())
        $cmdlet = [Activator]::CreateInstance($command.ImplementingType)
    }

    It 'has every option of the catalogue, with its sentence, its range and its default' {
        $catalogue.Count | Should -BeGreaterThan 30
        foreach ($option in $catalogue) {
            $parameter = $command.Parameters[$option.Name]
            $parameter | Should -Not -BeNullOrEmpty -Because "-$($option.Name) is an option"
            $parameter.Attributes.Where{ $_ -is [Parameter] }.HelpMessage | Should -Contain $option.Summary

            $range = $parameter.Attributes.Where{ $_ -is [ValidateRange] }
            if ([double]::IsFinite($option.Minimum)) { $range.MinRange | Should -Be $option.Minimum -Because $option.Name }
            if ([double]::IsFinite($option.Maximum)) { $range.MaxRange | Should -Be $option.Maximum -Because $option.Name }

            "$($cmdlet.($option.Name))" | Should -Be "$($option.DefaultValue)" -Because "that is the default of -$($option.Name)"
        }
    }

    It 'has no parameter that the catalogue does not know but those of every cmdlet with a database' {
        $own = 'Database', 'Credential', 'DatabaseTimeZone', 'WhatIf', 'Confirm'
        $command.Parameters.Keys |
            Where-Object { $_ -notin [Management.Automation.Cmdlet]::CommonParameters -and $_ -notin $own } |
            Sort-Object | Should -Be @($catalogue.Name | Sort-Object)
    }
}

Describe 'The help of <Cmdlet>' -ForEach $bound {
    It 'begins -<Parameter> with the sentence of the catalogue' {
        $page = Get-Content -Raw (Join-Path $Root docs en-US "$Cmdlet.md")
        ($page -replace '\s+', ' ').Contains("### -$Parameter $Sentence") | Should -BeTrue -Because "it says: $Sentence"
    }
}

Describe 'Get-PatternApproval' {
    It 'takes every state of the list' {
        (Get-Command Get-PatternApproval).Parameters.Status.Attributes.Where{ $_ -is [ValidateSet] }.ValidValues |
            Should -Be ([PatternAnalysis.PatternStatus]::All)
    }
}

Describe 'Wildcards' {
    It 'match as in PowerShell' {
        $random = [Random]::new(20260302)
        $pieces = 'a', 'B', 'z', '1', '-', '*', '?', '[', ']', '`', '.', '(', '^', '\', 'é'
        $text = { param ($most) -join (1..$random.Next(1, $most) | ForEach-Object { $pieces[$random.Next($pieces.Count)] }) }
        $both = @{ $true = 0; $false = 0; Refused = 0 }
        foreach ($i in 1..5000) {
            $wildcard = & $text 7
            $name = & $text 5
            $expected = try {
                [WildcardPattern]::new($wildcard, 'IgnoreCase, CultureInvariant').IsMatch($name)
            } catch [Management.Automation.WildcardPatternException] { 'Refused' }
            $actual = try { [PatternAnalysis.Options.WildcardFilter]::Of([string[]] $wildcard).IsMatch($name) } catch { 'Refused' }
            $actual | Should -Be $expected -Because "'$name' -like '$wildcard'"
            $both[$expected]++
        }

        $both.Values | Should -Not -Contain 0
    }

    It 'that are none are a bad argument before any work' {
        { Get-ToolSequence -Database nothing-here.db -SessionId 's[12' } | Should -Throw -ErrorId 'InvalidWildcard,*'
    }
}
