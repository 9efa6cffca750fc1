# The dialogue of a review, and what the history says of decisions.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot terminal.ps1)
    $noTerminal = -not (Test-Terminal)
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    . (Join-Path $PSScriptRoot terminal.ps1)

    $original = New-AnalyzedDatabase (Join-Path $TestDrive original.db)
    $number = 0
    function Copy-Database { Copy-Item $original ($copy = Join-Path $TestDrive "copy-$((++$script:number)).db"); $copy }

    # Runs a command in a pwsh of its own that gets answers on its standard input, as from a terminal.
    function Invoke-Review {
        param ([string] $Database, [string[]] $Answer, [string] $Command)

        $script = Join-Path $TestDrive "review-$([guid]::NewGuid()).ps1"
        Set-Content -LiteralPath $script -Value @(
            "`$PSStyle.OutputRendering = 'PlainText'"
            "Import-Module '$($ManifestPath.Replace("'", "''"))'"
            "`$env:PATTERN_ANALYSIS_DATABASE = '$($Database.Replace("'", "''"))'"
            $Command
        )
        ($Answer | Invoke-PowerShell '-NoProfile', '-File', $script 2>&1 | ForEach-Object { "$_" }) -join "`n"
    }
}

Describe 'Start-PatternReview' {
    It 'approves with notes, rejects with a reason, and says so at the end' {
        $database = Copy-Database
        $text = Invoke-Review $database 'a', 'a script', 'r', 'no use' 'Start-PatternReview -Reviewer ada'
        $text | Should -Match 'Approved 1, rejected 1, skipped 0, not looked at 0\.'
        $stored = Get-PatternApproval -Database $database
        $stored.Status | Should -Be 'approved', 'rejected'
        $stored.ReviewedBy | Should -Be 'ada', 'ada'
        $stored.ApprovalNotes | Should -Be 'a script', 'no use'
    }

    It 'shows steps and numbers in plain lines, and the reasons when asked' {
        $text = Invoke-Review (Copy-Database) 'd', 'q' 'Start-PatternReview -First 1'
        $text | Should -Match '  1\. Read\n  2\. Edit\n  3\. Write'
        $text | Should -Match 'By policy pending'
        $text | Should -Match 'Danger: Safe'
        $text | Should -Not -Match ([char]27)
    }

    It 'decides nothing when the answers end' {
        $database = Copy-Database
        Invoke-Review $database 'a' 'Start-PatternReview' | Should -Match 'not looked at 2'
        (Get-PatternApproval -Database $database).Status | Should -Be 'pending', 'pending'
    }

    It 'ends with Ctrl+D at a terminal, and takes keys back with Backspace' -Skip:$noTerminal -Tag 'needs Linux, with script' {
        $database = Copy-Database
        $review = "Start-PatternReview -Database '$database'"
        $shown = Invoke-AtTerminal $review -Answer @{ Await = '[q]uit'; Keys = '\004' }
        $shown | Should -Match 'Approved 0, rejected 0, skipped 0, not looked at 2\.'
        $shown | Should -Match '(?m)^<the end>'

        $shown = Invoke-AtTerminal $review -Answer @{ Await = '[q]uit'; Keys = 'zz\177\177s\r\004' }
        $shown | Should -Match 'Approved 0, rejected 0, skipped 1, not looked at 1\.'
    }

    It 'ends with Ctrl+C at a terminal, also in the middle of a line, and decides nothing' -Skip:$noTerminal `
        -Tag 'needs Linux, with script' -ForEach @(@{ Keys = '\003' }, @{ Keys = 'a\003' }) {
        $database = Copy-Database
        # The script ends with it: what it would do next is not reached, only what it does at last.
        $review = "try { Start-PatternReview -Database '$database'; 'it went on' } finally { [Console]::WriteLine('<the end>') }"
        $shown = Invoke-AtTerminal $review -Answer @{ Await = '[q]uit'; Keys = $Keys }
        $shown | Should -Match '<the end>'
        $shown | Should -Not -Match 'not looked at|it went on'
        (Get-PatternApproval -Database $database).Status | Should -Be 'pending', 'pending'
    }

    It 'records nothing with -WhatIf' {
        $database = Copy-Database
        $text = Invoke-Review $database 'a', '', 'r', 'why' 'Start-PatternReview -WhatIf'
        $text | Should -Match 'What if: Performing the operation "Approve pattern"'
        (Get-PatternApproval -Database $database).Status | Should -Be 'pending', 'pending'
    }

    It 'reviews named patterns whatever their status, and emits what was decided' {
        $database = Copy-Database
        $id = (Get-PatternApproval -Database $database)[1].PatternId
        Deny-Pattern $id -Database $database -Reason 'no'
        Invoke-Review $database 'a', '' "(Start-PatternReview $id -PassThru).Status" | Should -Match '(?m)^approved$'
        { Start-PatternReview none -Database $database } | Should -Throw -ErrorId 'PatternNotFound,*'
    }

    It 'says when nobody can answer' {
        $result = Invoke-ChildScript 'Import-Module $ManifestPath; Start-PatternReview -Database $database' @{ database = (Copy-Database) }
        $result.ExitCode | Should -Be 1
        ($result.Text -replace '\s+\|?\s*', ' ') | Should -Match 'Nobody can answer here'
    }
}

Describe 'A decision' {
    It 'is refused when another was made since the pattern was shown' {
        $database = Copy-Database
        $shown = Get-PatternApproval -Database $database -First 1
        $shown | Approve-Pattern -Database $database -Reviewer ada
        $shown | Deny-Pattern -Database $database -Reason mine -Reviewer bob -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'PatternDecidedMeanwhile,*'
        $failed.Exception.Message | Should -Match 'approved by ada'
        (Get-PatternApproval $shown.PatternId -Database $database).ReviewedBy | Should -Be 'ada'
    }

    It 'is replaced by who has seen it, not by an id alone' {
        $database = Copy-Database
        $id = (Get-PatternApproval -Database $database -First 1).PatternId
        Approve-Pattern $id -Database $database
        { Deny-Pattern $id -Database $database -Reason no -ErrorAction Stop } | Should -Throw -ErrorId 'PatternDecidedMeanwhile,*'
        Get-PatternApproval $id -Database $database | Deny-Pattern -Database $database -Reason no
        (Get-PatternApproval $id -Database $database).Status | Should -Be 'rejected'
    }

    It 'of several ids fails for those that are decided only' {
        $database = Copy-Database
        $ids = (Get-PatternApproval -Database $database).PatternId
        Approve-Pattern $ids[0] -Database $database
        Deny-Pattern $ids -Database $database -Reason no -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Count | Should -Be 1
        (Get-PatternApproval -Database $database).Status | Should -Be 'approved', 'rejected'
    }
}

Describe 'Get-PatternReviewHistory' {
    BeforeAll {
        $database = Copy-Database
        $patterns = Get-PatternApproval -Database $database
        $patterns[0] | Approve-Pattern -Database $database -Reviewer ada -Notes 'a script'
        $patterns[1] | Deny-Pattern -Database $database -Reviewer bob -Reason 'no use'
    }

    It 'shows what was decided, newest first' {
        $history = Get-PatternReviewHistory -Database $database
        $history.Action | Should -Be 'rejected', 'approved'
        $history.Reviewer | Should -Be 'bob', 'ada'
        $history.Notes | Should -Be 'no use', 'a script'
        (Get-PatternReviewHistory -Database $database -First 1).Reviewer | Should -Be 'bob'
    }

    It 'shows that of patterns from the pipeline' {
        ($patterns[0] | Get-PatternReviewHistory -Database $database).Action | Should -Be 'approved'
        { Get-PatternReviewHistory none -Database $database -ErrorAction Stop } | Should -Throw -ErrorId 'PatternNotFound,*'
    }

    It 'is empty where nothing was decided' {
        Get-PatternReviewHistory -Database $original | Should -BeNullOrEmpty
    }
}
