# What the cmdlets add to a real PostgreSQL server: credentials, time zones, the engine Database, and what is said when there is no way in.
BeforeDiscovery {
    $programs = @($env:PATH -split [System.IO.Path]::PathSeparator) +
        @(Get-ChildItem /usr/lib/postgresql/*/bin -Directory -ErrorAction Ignore | Sort-Object FullName -Descending |
            ForEach-Object FullName)
    $binaries = $programs |
        Where-Object { $_ -and -not $IsWindows -and (Test-Path (Join-Path $_ initdb)) -and (Test-Path (Join-Path $_ psql)) } |
        Select-Object -First 1
}

Describe 'A PostgreSQL database' -Skip:(-not $binaries) -Tag 'needs the programs of PostgreSQL (initdb, psql)' -ForEach @{
    Binaries = $binaries
} {
    BeforeAll {
        . (Join-Path $PSScriptRoot common.ps1)

        $folder = Join-Path ([System.IO.Path]::GetTempPath()) "pattern-analysis-$([guid]::NewGuid().ToString('N').Substring(0, 12))"
        $password = 'corr:ect h@rse'
        $address = "postgres:///postgres?host=$folder&user=ada"

        # The server refuses to run as root; then it runs as the user whom every Unix has for such cases. It inherits what is open, so its
        # output is no pipe.
        function Invoke-ServerProgram {
            param ([string] $Name, [string[]] $Arguments)

            $command = @(if ((id -u) -eq 0) { 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups' }) +
                (Join-Path $Binaries $Name) + $Arguments
            sh -c 'cd /tmp && exec "$@" </dev/null >/dev/null 2>&1' sh @command
            if ($LASTEXITCODE -ne 0) { throw "$Name ended with $LASTEXITCODE." }
        }

        function Invoke-Sql {
            param ([string] $Sql)

            $Sql | & (Join-Path $Binaries psql) -X -q -At -v ON_ERROR_STOP=1 -h $folder -U tester -d postgres
            if ($LASTEXITCODE -ne 0) { throw "psql ended with $LASTEXITCODE." }
        }

        function New-Credential {
            [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
                Justification = 'It changes nothing.')]
            param ([string] $Text)

            $secret = [securestring]::new()
            $Text.ToCharArray().ForEach{ $secret.AppendChar($_) }
            [pscredential]::new('ada', $secret)
        }

        # Everything that a record says when it is asked to say all.
        function Get-ErrorText {
            param ([scriptblock] $Command)

            $Error.Clear()
            try { $null = & $Command } catch { $null = $_ }
            $Error.Count | Should -Be 1
            $cause = $Error[0].Exception
            $texts = @($Error[0] | Format-List * -Force | Out-String) + @(
                while ($cause) {
                    "$cause"; $cause | Format-List * -Force | Out-String; $cause.Data | Out-String
                    $cause = $cause.InnerException
                })
            $texts -join "`n"
        }

        Invoke-ServerProgram initdb -Arguments '-D', $folder, '-U', 'tester', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'
        $settings = "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off"
        Invoke-ServerProgram pg_ctl -Arguments '-D', $folder, '-w', '-l', (Join-Path $folder log), '-o', $settings, 'start'
        $rules = Join-Path $folder pg_hba.conf
        [System.IO.File]::WriteAllText($rules, "local all tester trust`nlocal all all scram-sha-256`n")
        Invoke-ServerProgram pg_ctl -Arguments '-D', $folder, 'reload'

        # Times are New York's: 21:00 there is 01:00 UTC of the next day in summer.
        Invoke-Sql @"
            CREATE ROLE ada LOGIN PASSWORD '$password';
            GRANT ALL ON SCHEMA public TO ada;
            CREATE TABLE hook_events (id BIGSERIAL, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TIMESTAMP);
            ALTER TABLE hook_events OWNER TO ada;
            INSERT INTO hook_events (session_id, event_type, tool_name, timestamp)
            SELECT 'habit-' || s, 'PreToolUse', (ARRAY['Read', 'Edit', 'Write'])[t],
                '2026-07-01 21:00'::timestamp + s * interval '1 minute' + t * interval '1 second'
            FROM generate_series(1, 30) s CROSS JOIN generate_series(1, 3) t;
            INSERT INTO hook_events (session_id, event_type, tool_name, timestamp)
            SELECT 'late-' || s, 'PreToolUse', (ARRAY['Plan', 'Build'])[t],
                '2026-07-03 12:00'::timestamp + s * interval '1 minute' + t * interval '1 second'
            FROM generate_series(1, 20) s CROSS JOIN generate_series(1, 2) t;
"@
        $credential = New-Credential $password
    }

    AfterAll {
        if (Test-Path (Join-Path $folder postmaster.pid)) {
            Invoke-ServerProgram pg_ctl -Arguments '-D', $folder, '-m', 'immediate', '-w', 'stop'
        }
        Remove-Item -LiteralPath $folder -Recurse -Force
    }

    It 'opens with -Credential, in every cmdlet that takes a database' {
        $run = Invoke-PatternAnalysis -Database $address -Credential $credential -Since 2026-06-01 -Until 2026-08-01
        $run.TotalSessions | Should -Be 50
        $run.NewPatterns | Should -BeGreaterThan 1

        $found = Get-PatternApproval -Database $address -Credential $credential
        $found.ToolSequence | Should -Contain 'Read→Edit→Write'
        (Get-PatternStatistic -Database $address -Credential $credential | Measure-Object PatternCount -Sum).Sum | Should -Be $found.Count
        $null = Deny-Pattern $found[0].PatternId -Database $address -Credential $credential -Reason 'no use' -Reviewer ada -Confirm:$false
        (Get-PatternReviewHistory -Database $address -Credential $credential | Where-Object Action -EQ rejected).Reviewer | Should -Be 'ada'
        Get-ToolSequence -Database $address -Credential $credential -Since 2026-06-01 -Until 2026-08-01 | Should -HaveCount 50
    }

    It 'reads times without a zone as those of -DatabaseTimeZone' {
        # In UTC all of the first day's events lie before this window; in New York's time they lie in it.
        $window = @{ Since = '2026-07-02T00:30:00Z'; Until = '2026-07-02T03:00:00Z'; Credential = $credential }
        Get-ToolSequence -Database $address @window | Should -HaveCount 0
        $sequences = Get-ToolSequence -Database $address @window -DatabaseTimeZone America/New_York
        $sequences | Should -HaveCount 30
        ($sequences.FirstSeen | Measure-Object -Minimum).Minimum | Should -Be ([System.DateTimeOffset]'2026-07-02T01:01:01Z')

        { Get-ToolSequence -Database $address @window -DatabaseTimeZone Nowhere/City } |
            Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'gives with -Engine Database what the engine in memory gives, in its order, by <name>' -ForEach @(
        @{ Name = 'the default options'; Asked = @{} }
        @{ Name = 'bare tool names'; Asked = @{ Activity = 'Tool' } }
    ) {
        $arguments = @{ Database = $address; Credential = $credential; Since = '2026-06-01'; Until = '2026-08-01'; DryRun = $true } + $Asked
        $memory = Invoke-PatternAnalysis @arguments
        $database = Invoke-PatternAnalysis @arguments -Engine Database

        $memory.Patterns.ToolSequence | Should -Contain 'Read→Edit→Write'
        $database.Patterns | ConvertTo-Json -Depth 4 | Should -Be ($memory.Patterns | ConvertTo-Json -Depth 4)
    }

    It 'reads with -Engine Database what the server can not count, and gives the same in the same order' {
        $arguments = @{
            Database = $address; Credential = $credential; Activity = 'Tool'; DatabaseTimeZone = 'America/New_York'
            Since = '2026-06-01'; Until = '2026-08-01'; DryRun = $true
        }
        $memory = Invoke-PatternAnalysis @arguments
        $database = Invoke-PatternAnalysis @arguments -Engine Database

        $memory.Patterns.ToolSequence | Should -Contain 'Read→Edit→Write'
        $database.Patterns | ConvertTo-Json -Depth 4 | Should -Be ($memory.Patterns | ConvertTo-Json -Depth 4)
    }

    It 'says with one error that a password is wrong, and not what it was' {
        $wrong = New-Credential 'wr0ng-s3cret'
        $text = Get-ErrorText { Invoke-PatternAnalysis -Database $address -Credential $wrong }
        $Error[0].FullyQualifiedErrorId | Should -Be 'AuthenticationFailed,PatternAnalysis.Commands.InvokePatternAnalysisCommand'
        $text | Should -Match 'Check the user and the password'
        $text | Should -Not -Match 'wr0ng'
    }

    It 'says with one error that no server answers, and not the password that its address holds' {
        $closed = 'postgres://ada:s3cret-w0rd@127.0.0.1:1/hooks'
        $text = Get-ErrorText { Get-PatternApproval -Database $closed }
        $Error[0].FullyQualifiedErrorId | Should -Be 'DatabaseUnreachable,PatternAnalysis.Commands.GetPatternApprovalCommand'
        $Error[0].CategoryInfo.Category | Should -Be ConnectionError
        $text | Should -Match 'No server answers there'
        $text | Should -Not -Match 's3cret'

        # All that a session prints, in a process of its own.
        $script = 'Import-Module $ManifestPath; Invoke-PatternAnalysis -Database $Closed -WhatIf -Verbose'
        $text = (Invoke-ChildScript $script @{ Closed = $closed }).Text
        $text | Should -Match 'on target "postgres://ada@127\.0\.0\.1:1/hooks"'
        $text | Should -Not -Match 's3cret'
    }

    It 'does not take a credential for a file' {
        { Get-PatternApproval -Database (Join-Path $TestDrive x.db) -Credential $credential } |
            Should -Throw -ErrorId 'InvalidConnectionString,*'
    }
}
