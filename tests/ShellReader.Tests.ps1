# The reader of PowerShell commands judged by PowerShell's own parser: over the scripts of this project, the examples of its pages, and made
# ones.
BeforeDiscovery {
    $root = Split-Path $PSScriptRoot
    $folders = 'module', 'tools', 'tests' | ForEach-Object { Join-Path $root $_ }
    $files = @(Get-ChildItem -Path $folders -Recurse -Include *.ps1, *.psm1) + @(Get-Item (Join-Path $root build.ps1))
    $scripts = @($files | ForEach-Object { @{ Path = $_.FullName; Name = [System.IO.Path]::GetRelativePath($root, $_.FullName) } })
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)

    # The last part of a program's path, as the reader names it.
    function Get-ProgramName {
        param ([string] $Name)

        ($Name -split '[\\/]')[-1] -replace '\.(exe|cmd|bat)$', ''
    }

    # The commands that the parser finds and the reader does not. A text that PowerShell itself refuses says nothing.
    function Get-MissedCommand {
        param ([string] $Text)

        $errors = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($Text, [ref]$null, [ref]$errors)
        if ($errors) { return }
        $commands = $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
        $read = @{}
        $segments = [PatternAnalysis.Shell.ShellReader]::Read($Text, 'PowerShell').Segments
        foreach ($segment in $segments) {
            foreach ($name in @($segment.Program) + $segment.Wrappers -ne $null) { $read[$name]++ }
        }
        $commands | ForEach-Object GetCommandName | Where-Object { $_ } | ForEach-Object { Get-ProgramName $_ } |
            Group-Object | Where-Object { $_.Count -gt $read[$_.Name] } |
                ForEach-Object { "$($_.Name): $($_.Count) of the parser, $($read[$_.Name] ?? 0) of the reader" }

        # $null > file is no command, and empties one.
        $redirections = $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.FileRedirectionAst] }, $true).Count
        $seen = @($segments.Redirections | Where-Object { $_.Operator -notlike '*>&*' }).Count
        if ($redirections -gt $seen) { "$redirections redirections of the parser, $seen of the reader" }
    }

    # Makes a script from a seed. What must not be read as a command is named Data-...
    function New-Script {
        [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It makes a text.')]
        param ([System.Random] $Random, [int] $Depth = 0)

        $pick = { $args[$Random.Next($args.Count)] }
        $word = {
            & $pick 'plain' "'Data-A; Data-B | it''s'" '"Data-C `` $x; Data-D"' '-Name' '-Name:value' '$x.y' '@(1, 2)' '1,2' `
                "@'`nData-E; Data-F`n'@" "@`"`nData-G | `$x`n`"@" '$true' '@{ a = 1 }' 'a`;b'
        }
        $command = {
            $name = "$(& $pick Get-Item Set-Thing git dotnet ./run.ps1 Foo-Bar)"
            $parts = @(& $pick $name "& $name" "& '$name'" $name)
            for ($i = $Random.Next(4); $i -gt 0; $i--) { $parts += & $word }
            if ($Depth -lt 3 -and $Random.Next(4) -eq 0) {
                $parts += (& $pick '$({0})' '@({0})' '"text $({0})"') -f (New-Script $Random ($Depth + 1))
            }
            if ($Depth -lt 3 -and $Random.Next(5) -eq 0) { $parts += "{ $(New-Script $Random ($Depth + 1)) }" }
            if ($Random.Next(5) -eq 0) { $parts += '(Get-Date -Format o)' }
            if ($Random.Next(6) -eq 0) { $parts += & $pick '2>&1' '> out.txt' '2> $null' }
            $parts -join (& $pick ' ' '  ' " ```n ")
        }
        $statements = for ($i = $Random.Next(1, 4); $i -gt 0; $i--) {
            $inner = if ($Depth -lt 3) { New-Script $Random ($Depth + 1) } else { 'Get-Date' }
            switch ($Random.Next(17)) {
                0 { "$(& $command) | $(& $command)" }
                1 { "if ($(& $command)) { $inner } elseif (`$y) { $(& $command) } else { $(& $command) }" }
                2 { "foreach (`$i in $(& $command)) { $inner }" }
                3 { "while (`$false) { $inner }" }
                4 { "try { $inner } catch { $(& $command) } finally { $(& $command) }" }
                5 { "function Use-It { param (`$a = $(& $pick '1' '(Get-Date)'))$(& $pick "`n" ' ' " & 'git' ")$inner }" }
                6 { "`$v = $(& $command)" }
                7 { "$(& $command) # Data-H; Data-I`n" }
                8 { "<# Data-J`n Data-K #> $(& $command)" }
                9 { "switch (`$x) { 'Data-L' { $inner } default { $(& $command) } }" }
                10 { "`$v = `"text `$($inner) Data-M`"" }
                11 {
                    $block = & $pick "if (`$x) { $inner }" "switch (`$x) { default { $inner } }" "trap { $inner }" `
                        "do { $inner } while (`$x)"
                    "$block $(& $command)"
                }
                12 { "$(& $command) | $(& $pick ForEach-Object '%') $(& $pick '' '-MemberName ')Data-N" }
                13 {
                    $target = & $pick 'out.txt' '"a b.txt"' '$x' "'Data-O; Data-P'"
                    "$(& $pick '$null' "''" '@()' '$x.y' '"text"') $(& $pick '>' '>>') $target"
                }
                14 { "Set-Content out.txt `$null; `$null | Set-Content out.txt; New-Item out.txt -Force -Value `$($inner)" }
                15 { "`$x | ForEach-Object -Begin { $inner } -Process { $(& $command) } | Where-Object Data-Q -eq 1" }
                default { & $command }
            }
        }
        $parameters = if ($Depth -eq 0 -and $Random.Next(4) -eq 0) { & $pick 'param ($a = 1) ' '[CmdletBinding()] param ($a) ' }
        $parameters + ($statements -join (& $pick "`n" '; ' "`n`n"))
    }
}

Describe 'What the parser of PowerShell takes for a command' {
    It 'is one for the reader in <Name>' -ForEach $scripts {
        Get-MissedCommand (Get-Content -LiteralPath $Path -Raw) | Should -BeNullOrEmpty
    }

    It 'is one for the reader in the examples of the pages' {
        $pages = Get-ChildItem (Join-Path $Root docs), (Join-Path $Root README.md) -Recurse -Include *.md
        $examples = $pages | ForEach-Object {
            [regex]::Matches((Get-Content $_ -Raw), '(?s)```powershell\n(.*?)```').ForEach({ $_.Groups[1].Value }) }
        $examples.Count | Should -BeGreaterThan 20
        $examples | ForEach-Object { Get-MissedCommand $_ } | Should -BeNullOrEmpty
    }

    It 'is one for the reader in made scripts, and text and comments are none' {
        $random = [System.Random]::new(1)
        $parsed = 0
        $differences = foreach ($number in 1..400) {
            $text = New-Script $random
            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$errors)
            if ($errors) { continue }
            $parsed++
            $missed = @(Get-MissedCommand $text)
            $invented = @([PatternAnalysis.Shell.ShellReader]::Read($text, 'PowerShell').Segments.Program -like 'Data-*')
            if ($missed -or $invented) { "missed [$missed], invented [$invented] in`n$text" }
        }
        $parsed | Should -BeGreaterThan 150
        $differences | Select-Object -First 5 |
            Should -BeNullOrEmpty -Because "$(@($differences).Count) of $parsed scripts are read differently"
    }

    It 'is one for the reader however deep it stands, or the reader says that it does not know' {
        $pairs = @{
            '(' = ')'; '$(' = ')'; '@(' = ')'; '& { ' = ' }'; '@{ a = ' = ' }'; '"$(' = ')"'
            'if ($x) { ' = ' }'; '[int](' = ')'; '$x = (' = ')'
        }
        $doubted = 0
        foreach ($opening in $pairs.Keys) {
            foreach ($depth in 1..24 + 60, 400) {
                $text = ($opening * $depth) + 'Remove-Item x' + ($pairs[$opening] * $depth) + '; Get-Date'
                $read = [PatternAnalysis.Shell.ShellReader]::Read($text, 'PowerShell')
                $doubted += $read.HasUnknown
                ($read.HasUnknown -or $read.Segments.Program -contains 'Remove-Item') | Should -BeTrue -Because "$opening, $depth deep"
            }
        }
        $doubted | Should -BeLessThan ($pairs.Count * 26) -Because 'a reader that doubts everything says nothing'
    }
}
