# What objects look like in a window: at 80, 120 and 160 columns, and in colors.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot terminal.ps1)
    $noTerminal = -not (Test-Terminal)

    [xml] $format = Get-Content -Raw (Join-Path (Split-Path $PSScriptRoot) module PatternAnalysis.Format.ps1xml)
    $tables = $format.Configuration.ViewDefinitions.View | Where-Object { $_['TableControl'] }
    # Views by a name of their own are asked for by who has the room.
    $wide, $plain = $tables.Where({ $_.Name -ne ($_.ViewSelectedBy.TypeName[0] -replace '^.*\.') }, 'Split')
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    . (Join-Path $PSScriptRoot terminal.ps1)

    # The columns that have a width, with what is between them; and how many have none.
    function Get-Width($View) {
        $columns = @($View.TableControl.TableHeaders.TableColumnHeader)
        $fixed = @($columns | Where-Object { $_['Width'] } | ForEach-Object { [int] $_.Width })
        ($fixed | Measure-Object -Sum).Sum + $columns.Count - 1
        $columns.Count - $fixed.Count
    }

    $sessions = [ordered]@{}
    foreach ($i in 1..20) { $sessions["0b0d1f2c-9ae9-4b6e-9f5e-4a3f5f0e7b$('{0:00}' -f $i)"] = 'Read', 'Edit', 'Write' }
    $database = New-EventDatabase (Join-Path $TestDrive views.db) $sessions
    $null = Invoke-PatternAnalysis -Database $database
    Get-PatternApproval -Database $database -First 1 | Approve-Pattern -Notes ('a reason ' * 20)
    $sequences = Get-ToolSequence -Database $database
    $long = 'Bash(dotnet build --configuration Release --nologo)'
    Set-Content (Join-Path $TestDrive package.json) '{ "scripts": { "test": "vitest run --reporter verbose" } }'
    $objects = @{
        ToolSequence       = $sequences[0]
        ToolCall           = $sequences[0].Calls[0]
        RepeatedPattern    = ($sequences | Find-RepeatedPattern)[0]
        MeasuredPattern    = ($sequences | Find-RepeatedPattern | Measure-PatternMetric)[0]
        ClassifiedPattern  = ($sequences | Find-RepeatedPattern | Measure-PatternMetric | Set-PatternClassification)[0]
        PatternApproval    = (Get-PatternApproval -Database $database -First 1)
        ReviewHistoryEntry = (Get-PatternReviewHistory -Database $database)[0]
        PatternStatistic   = (Get-PatternStatistic -Database $database)[0]
        PastRun            = (Get-PatternRun -Database $database)[0]
        AgentCost          = (Measure-AgentCost -Database $database -GroupBy Total -WarningAction Ignore)
        PatternEffect      = (Measure-PatternEffect -Activity Read -Cut (Get-Date) -Database $database)
        PermissionRule     = [PatternAnalysis.PermissionRule]::new($long, 12345, 123456, @(), @(), $null, 'Claude Code')
        ExistingAutomation = (Get-ExistingAutomation -Path $TestDrive | Select-Object -First 1)
        ScheduledAnalysis  = [PatternAnalysis.ScheduledAnalysis]::new('Daily', @([timeonly]'02:00'), @(), 'TaskScheduler', 'pwsh')
        ScheduledAnalysisCheck = [PatternAnalysis.ScheduledAnalysisCheck]::new(
            'Daily', 'TaskScheduler', $false, @('It never ran.'), [datetimeoffset]::Now, 1, [datetime]::Now, 'daily.log')
        SegmentAssessment  = (Test-PatternDanger 'rm -rf / && ls').Segments[0]
    }
}

Describe 'The table of <_.Name>' -ForEach $plain {
    BeforeAll { $view = $_; $taken, $texts = Get-Width $view }

    It 'leaves a quarter of 80 columns to each text, and all that 120 and 160 have beyond that' {
        # A table ends one column before the window does.
        if ($texts -gt 0) { [math]::Floor((79 - $taken) / $texts) | Should -BeGreaterOrEqual 20 } else { $taken | Should -BeLessThan 80 }
    }

    It 'shows every column at <_>, and no line is longer' -ForEach 80, 120, 160 {
        $shown = $objects[$view.Name]
        $shown | Should -Not -BeNullOrEmpty
        $lines = @(($shown | Format-Table | Out-String -Width $_) -split '\r?\n' | Where-Object { $_ })
        $lines | Where-Object Length -GT $_ | Should -BeNullOrEmpty
        foreach ($label in $view.TableControl.TableHeaders.TableColumnHeader.Label) {
            $lines[0] | Should -BeLike "*$([WildcardPattern]::Escape($label))*"
        }
    }
}

Describe 'The wide table <_.Name>' -ForEach $wide {
    It 'leaves its text 20 of 120 columns' {
        $taken, $null = Get-Width $_
        119 - $taken | Should -BeGreaterOrEqual 20
    }
}

Describe 'Colors' {
    It 'tell states and dangers apart at a terminal' -Skip:$noTerminal -Tag 'needs Linux, with script' {
        $shown = Invoke-AtTerminal "Get-PatternStatistic -Database '$database' | Out-Host; Test-PatternDanger 'rm -rf /' | Out-Host"
        $shown | Should -Match '\e\[33mpending'
        $shown | Should -Match '\e\[31mauto-rejected'
        $shown | Should -Match '\e\[32mapproved'
        $shown | Should -Match '\e\[31mDestructive'
    }

    It 'are not in what <Name>' -ForEach @(
        @{ Name = 'is piped'; Script = { Get-PatternStatistic -Database $database | Out-String } }
        @{ Name = 'goes into a file'; Script = {
            Get-PatternStatistic -Database $database > (Join-Path $TestDrive plain.txt)
            Get-Content -Raw (Join-Path $TestDrive plain.txt) } }
        @{ Name = 'another program reads'; Script = { (Invoke-ChildScript (
            "`$PSStyle.OutputRendering = 'Host'; Import-Module `$ManifestPath
            Get-PatternStatistic -Database '$database' | Format-Table -HideTableHeaders")).Text } }
    ) {
        $text = & $Script
        $text | Should -Match 'pending'
        $text | Should -Not -Match '\e'
    }

    It 'are left out where <Name> says so' -Skip:$noTerminal -Tag 'needs Linux, with script' -ForEach @(
        @{ Name = 'NO_COLOR'; Set = '$env:NO_COLOR = 1'; Environment = @{ NO_COLOR = '1' } }
        @{ Name = '$PSStyle.OutputRendering'; Set = '$PSStyle.OutputRendering = "PlainText"'; Environment = @{} }
    ) {
        $shown = Invoke-AtTerminal "$Set; Get-PatternStatistic -Database '$database'" -Environment $Environment
        $shown | Should -Match 'pending'
        $shown | Should -Not -Match '\e\[3\dm'
    }
}
