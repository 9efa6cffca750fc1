BeforeDiscovery {
    . (Join-Path $PSScriptRoot common.ps1)
    $common = [System.Management.Automation.Cmdlet]::CommonParameters
    $cmdlets = @((Get-Module PatternAnalysis).ExportedCmdlets.Values | ForEach-Object {
            @{ Name = $_.Name; Parameters = @($_.Parameters.Keys | Where-Object { $_ -notin $common }) }
        })
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
}

Describe 'The help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $Name -Full
    }

    It 'has a synopsis that is not the syntax' {
        $help.Synopsis.Trim() | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$Name\b"
    }

    It 'has a description' {
        ($help.Description.Text -join '').Trim() | Should -Not -BeNullOrEmpty
    }

    It 'has an example with its output' {
        # The command stands behind the prompt; what stands below it in the same block came out of it.
        $help.Examples.Example.Code -match '(?s)^PS> .+?\n\n+.' | Should -Not -BeNullOrEmpty
    }

    It 'says what goes in and what comes out' {
        $help.InputTypes.InputType.Type.Name | Should -Not -BeNullOrEmpty
        $help.ReturnValues.ReturnValue.Type.Name | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter' {
        foreach ($parameter in $Parameters) {
            $text = ($help.Parameters.Parameter | Where-Object Name -EQ $parameter).Description.Text -join ''
            $text | Should -Not -BeNullOrEmpty -Because "-$parameter needs a description"
        }
    }

    It 'has the syntax of the cmdlet' {
        @($help.Syntax.SyntaxItem).Count | Should -Be (Get-Command $Name).ParameterSets.Count
    }
}

Describe 'about_PatternAnalysis' {
    It 'is found' {
        Get-Help about_PatternAnalysis | Out-String | Should -Match 'SHORT DESCRIPTION'
    }
}

# The paths on the pages are those of Linux.
Describe 'The examples' -Skip:(-not $IsLinux) -Tag 'needs Linux' {
    BeforeAll {
        $pages = Join-Path $Root docs en-US
        $again = Join-Path $TestDrive en-US
        Copy-Item $pages $again -Recurse
        $run = Invoke-ChildFile (Join-Path $Root tools Update-HelpExample.ps1) '-Module', $ModulePath, '-Page', $again
        if ($run.ExitCode -ne 0) { throw $run.Text }
    }

    It 'of <Name> still print what its page shows' -ForEach $cmdlets {
        Get-Content (Join-Path $again "$Name.md") -Raw | Should -BeExactly (Get-Content (Join-Path $pages "$Name.md") -Raw)
    }
}
