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

    It 'names defaults that hold on every machine' {
        foreach ($parameter in $help.Parameters.Parameter) {
            $default = $parameter.DefaultValue
            $default | Should -Not -Match '^\s*$|2147483647|0001' -Because "-$($parameter.Name) says what it is without"
            $default | Should -Not -Be ([Environment]::UserName) -Because "-$($parameter.Name) is nobody else's"
            if ($parameter.Name -eq 'Scheduler') { $default | Should -Be 'The one that this machine has' }
            if ($parameter.Required -eq 'true') { $default | Should -Be None -Because "-$($parameter.Name) must be given" }
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

Describe 'Get-Help -Online' {
    It 'opens the page of the cmdlet where the project lives, in a module that was built with -ProjectUri' -Skip:(-not $IsLinux) `
        -Tag 'needs Linux' {
        $copy = Join-Path $TestDrive PatternAnalysis
        Copy-Item -LiteralPath $ModulePath -Destination $copy -Recurse
        $result = Invoke-PowerShell '-NoProfile', '-NonInteractive', '-File', (Join-Path $Root tools ConvertTo-Maml.ps1),
            '-Module', (Join-Path $copy PatternAnalysis.psd1), '-Source', (Join-Path $Root docs en-US),
            '-Destination', (Join-Path $copy en-US PatternAnalysis.Module.dll-Help.xml), '-ProjectUri', 'https://example.org/owner/name'
        $LASTEXITCODE | Should -Be 0 -Because "$result"

        # What opens addresses on Linux.
        $bin = (New-Item -ItemType Directory -Path (Join-Path $TestDrive bin)).FullName
        $opened = Join-Path $TestDrive opened.txt
        Set-Content (Join-Path $bin xdg-open) "#!/bin/sh`nprintf '%s' `"`$1`" > '$opened'"
        chmod +x (Join-Path $bin xdg-open)
        $child = Invoke-ChildScript -Variable @{ Copy = Join-Path $copy PatternAnalysis.psd1; Bin = $bin; Opened = $opened } -Script @'
$env:PATH = "${Bin}:$env:PATH"
Import-Module $Copy
Get-Help Get-PatternStatistic -Online
while (-not (Test-Path $Opened)) { Start-Sleep -Milliseconds 50 }
'@
        $child.ExitCode | Should -Be 0 -Because $child.Text
        $version = (Import-PowerShellDataFile $ManifestPath).ModuleVersion
        Get-Content $opened | Should -Be "https://example.org/owner/name/blob/v$version/docs/en-US/Get-PatternStatistic.md"
    }

    It 'has no invented address where nobody said where the project lives' {
        Get-Content -Raw (Join-Path $ModulePath en-US PatternAnalysis.Module.dll-Help.xml) | Should -Not -Match '<maml:uri>'
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
